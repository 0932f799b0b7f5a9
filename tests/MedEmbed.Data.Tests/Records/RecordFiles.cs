using System.Globalization;
using CsCheck;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Records;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Data.Tests.Records;

/// <summary>Random pairs and triplets, and files of them.</summary>
internal static class RecordFiles
{
    private static readonly string[] Awkward = ["😀 é\n\"x\"\t\\", "\u2028", "İstanbul ı", "\0"];

    /// <summary>Texts with line ends, quotes, other planes and NUL, none of white space alone.</summary>
    public static Gen<string> Text { get; } = Gen.OneOf(
        Gen.Char.Where(c => !char.IsSurrogate(c)).Array[0, 30].Select(characters => new string(characters)),
        Gen.Int[0, 3].Select(i => Awkward[i])).Select(text => text + "a");

    public static Gen<QueryPassagePair> Pair { get; } =
        Gen.Select(Text, Text, Text, Text.Null(), Text.Null(), Gen.Double.Where(double.IsFinite).Nullable(), Text.Null())
            .Select((id, query, positive, type, note, relevance, source) =>
                new QueryPassagePair(id, query, positive) { QueryType = type, NoteId = note, Relevance = relevance, Source = source });

    public static Gen<Triplet> Triplet { get; } =
        from query in Text
        from positives in Scored(1)
        from negatives in Scored(0)
        from extra in Text.Null().Array[5]
        select new Triplet(query, positives.Texts, negatives.Texts)
        {
            PositiveScores = positives.Scores,
            NegativeScores = negatives.Scores,
            QueryId = extra[0],
            Group = extra[1],
            Source = extra[2],
            Prompt = extra[3],
            Type = extra[4],
        };

    public static async Task WriteAllAsync<T>(this RecordWriter<T> writer, IEnumerable<T> records)
    {
        using (writer)
        {
            foreach (T record in records)
                writer.Write(record);
            await writer.CompleteAsync(TestContext.Current.CancellationToken);
        }
    }

    public static async Task<List<T>> ReadAllAsync<T>(this RecordReader<T> reader)
    {
        List<T> records = [];
        await foreach (T record in reader.ReadAsync(TestContext.Current.CancellationToken))
            records.Add(record);
        return records;
    }

    /// <summary>A triplet's content in one string, since records compare lists by reference.</summary>
    public static string Content(Triplet triplet) => string.Join(
        "\u241E",
        triplet.Query,
        string.Join('\u241F', triplet.Positives),
        string.Join('\u241F', triplet.Negatives),
        Bits(triplet.PositiveScores),
        Bits(triplet.NegativeScores),
        triplet.QueryId ?? "∅",
        triplet.Group ?? "∅",
        triplet.Source ?? "∅",
        triplet.Prompt ?? "∅",
        triplet.Type ?? "∅");

    private static Gen<(string[] Texts, float[]? Scores)> Scored(int least) =>
        from texts in Text.Array[least, 4]
        from scores in Gen.Float.Where(float.IsFinite).Array[texts.Length]
        from there in Gen.Bool
        select (texts, there ? scores : null);

    private static string Bits(IReadOnlyList<float>? scores) =>
        scores is null ? "∅" : string.Join(',', scores.Select(score => BitConverter.SingleToInt32Bits(score).ToString(CultureInfo.InvariantCulture)));
}
