using System.Runtime.InteropServices;

namespace MedEmbed.Training.Sampling;

/// <summary>Makes texts of what was drawn.</summary>
internal static class BatchAssembly
{
    /// <param name="members">The examples, at least one, all with the same number of negatives.</param>
    /// <param name="number">The batch's number.</param>
    /// <param name="seed">The run's seed, on which it hangs who gets a prompt.</param>
    public static TrainingBatch Of(IReadOnlyList<(ExampleSet Set, DrawnExample Drawn)> members, long number, long seed) => new()
    {
        Number = number,
        Examples = [.. members.Select((member, place) => ExampleOf(member.Set, member.Drawn, HasPrompt(member.Set.Source, number, place, seed)))],
        KnownPositives = KnownPositivesOf(members),
    };

    private static bool HasPrompt(TrainingSource source, long number, int place, long seed) =>
        new SplitMix64((ulong)seed, (ulong)number, (ulong)place).Fraction() < source.PromptShare;

    private static TrainingExample ExampleOf(ExampleSet set, DrawnExample drawn, bool hasPrompt)
    {
        ExampleRow row = set[drawn.Example];
        string[] negatives = Array.ConvertAll(drawn.Candidates, passage => set.TextOf(set.PassageText(passage)));
        return new TrainingExample(set.TextOf(row.Query), set.TextOf(set.PassageText(drawn.Positive)), negatives, set.Source, set.File, row.Line)
        {
            Scores = row.HasScores && !drawn.Borrowed ? [set.ScoreOf(drawn.Positive), .. drawn.Candidates.Select(set.ScoreOf)] : null,
            QueryPrompt = hasPrompt ? set.Source.QueryPrompt : "",
        };
    }

    private static bool[] KnownPositivesOf(IReadOnlyList<(ExampleSet Set, DrawnExample Drawn)> members)
    {
        Dictionary<UInt128, List<int>> documents = [];
        int size = members.Count;
        int columns = 1 + members[0].Drawn.Candidates.Length;
        for (int document = 0; document < size * columns; document++)
        {
            (ExampleSet set, DrawnExample drawn) = members[document % size];
            int passage = document < size ? drawn.Positive : drawn.Candidates[(document / size) - 1];
            ref List<int>? places = ref CollectionsMarshal.GetValueRefOrAddDefault(documents, set.HashOf(set.PassageText(passage)), out _);
            (places ??= []).Add(document);
        }

        bool[] known = new bool[size * size * columns];
        for (int i = 0; i < size; i++)
        {
            (ExampleSet set, DrawnExample drawn) = members[i];
            foreach ((_, UInt128 positive) in set.Known.Of(set.HashOf(set[drawn.Example].Query)))
            {
                foreach (int document in documents.GetValueOrDefault(positive) ?? [])
                    known[(i * size * columns) + document] = true;
            }
        }

        return known;
    }
}
