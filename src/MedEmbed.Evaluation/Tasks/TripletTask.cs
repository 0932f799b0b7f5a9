using System.Globalization;
using MedEmbed.Data.Judgments;
using MedEmbed.Data.Texts;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Evaluation.Tasks;

/// <summary>Pairs or triplets as a task: the file's distinct passages are the corpus, and a query's positives on any line are relevant to it.</summary>
/// <remarks>Texts are the same where their normalised texts are, as in mining; queries too, whatever their ids. A query is named by its first line's id, or by that line where the id is missing or taken.</remarks>
internal static class TripletTask
{
    public static async Task<RetrievalData> ReadAsync(TripletSource source, CancellationToken cancellationToken)
    {
        var queries = new TextIds();
        var documents = new TextIds();
        HashSet<string> taken = new(StringComparer.Ordinal);
        HashSet<(string Query, string Document)> relevant = [];
        await foreach (Triplet triplet in source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            string query = queries.Of(triplet.Query, () => triplet.QueryId is { } id && taken.Add(id) ? id : Numbered("line", source.Line));
            foreach (string positive in triplet.Positives)
                relevant.Add((query, DocumentOf(positive)));
            foreach (string negative in triplet.Negatives)
                DocumentOf(negative);
        }

        return new RetrievalData(documents.Texts, queries.Texts, Qrels.Create(relevant.Select(pair => new Judgment(pair.Query, pair.Document, 1))));

        string DocumentOf(string text) => documents.Of(text, () => Numbered("passage", documents.Texts.Count));
    }

    private static string Numbered(string name, long number) => string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");

    /// <summary>Distinct texts in the order they came, each with an id.</summary>
    private sealed class TextIds
    {
        private readonly Dictionary<UInt128, string> _ids = [];

        public List<(string Id, string Text)> Texts { get; } = [];

        public string Of(string text, Func<string> nameNew)
        {
            UInt128 key = NormalizedText.HashOf(text);
            if (_ids.TryGetValue(key, out string? id))
                return id;
            _ids.Add(key, id = nameNew());
            Texts.Add((id, text));
            return id;
        }
    }
}
