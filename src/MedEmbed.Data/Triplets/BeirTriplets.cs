using System.Runtime.CompilerServices;
using MedEmbed.Data.Judgments;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Triplets;

/// <summary>A BEIR folder as triplets: each query, in the order of the queries file, with each relevant document.</summary>
internal sealed class BeirTriplets(BeirFolder folder, TripletSourceOptions options) : ITripletForm
{
    private readonly string _qrelsPath = folder.QrelsPath(options.Split);
    private readonly DocumentReadOptions _textOptions = new()
    {
        SkipBadLines = options.SkipBadLines,
        MaxLineBytes = options.MaxLineBytes,
        MaxJsonDepth = options.MaxJsonDepth,
        MaxBytes = options.MaxBytes,
    };

    public string File => folder.QueriesPath;

    public long LinesRead { get; private set; }

    public BadLines BadLines { get; private set; } = new();

    public BadLines Omitted { get; private set; } = new();

    public async IAsyncEnumerable<Triplet> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (LinesRead, BadLines, Omitted) = (0, new BadLines(), new BadLines());
        Qrels qrels = await QrelsFile.ReadAsync(_qrelsPath, options, cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> documents = await ReadRelevantAsync(qrels, cancellationToken).ConfigureAwait(false);
        HashSet<string> unseen = new(qrels.QueryIds, StringComparer.Ordinal);
        DocumentReader queries = folder.Queries(_textOptions);
        await foreach (Document query in queries.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!unseen.Remove(query.Id))
                continue;
            LinesRead = queries.LinesRead;
            foreach (string text in PositivesOf(query, qrels[query.Id], documents))
                yield return new Triplet(query.Text, [text], []) { QueryId = query.Id, Source = folder.Name };
        }

        BadLines.Add(queries.BadLines);
        foreach (string id in qrels.QueryIds.Where(unseen.Contains))
            Omit(_qrelsPath, null, $"query \"{id}\" is judged but missing in {Path.GetFileName(folder.QueriesPath)}; its judgments make no triplet.");
    }

    private List<string> PositivesOf(Document query, JudgedDocuments judged, Dictionary<string, string> documents)
    {
        List<string> positives = [];
        if (string.IsNullOrWhiteSpace(query.Text))
        {
            Omit(File, LinesRead, "field \"text\" is empty; a query without a text makes no triplet.");
            return positives;
        }

        bool relevant = false;
        for (int i = 0; i < judged.Count; i++)
        {
            if (judged.Grades[i] < 1)
                continue;
            relevant = true;
            if (!documents.TryGetValue(judged.DocumentIds[i], out string? text))
                Omit(_qrelsPath, null, $"document \"{judged.DocumentIds[i]}\" is judged but missing in {Path.GetFileName(folder.CorpusPath)}; the judgment makes no triplet.");
            else if (text.Length == 0)
                Omit(_qrelsPath, null, $"document \"{judged.DocumentIds[i]}\" is empty; the judgment makes no triplet.");
            else
                positives.Add(text);
        }

        if (!relevant)
            Omit(File, LinesRead, $"query \"{query.Id}\" has no document graded 1 or higher; a query without a positive makes no triplet.");
        return positives;
    }

    private async Task<Dictionary<string, string>> ReadRelevantAsync(Qrels qrels, CancellationToken cancellationToken)
    {
        HashSet<string> relevant = new(qrels.Enumerate().Where(judgment => judgment.Grade >= 1).Select(judgment => judgment.DocumentId), StringComparer.Ordinal);
        Dictionary<string, string> documents = new(StringComparer.Ordinal);
        DocumentReader corpus = folder.Corpus(_textOptions);
        await foreach (Document document in corpus.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (relevant.Contains(document.Id))
                documents[document.Id] = document.TitleAndText;
        }

        BadLines.Add(corpus.BadLines);
        return documents;
    }

    private void Omit(string file, long? line, string reason) => Omitted.Add(new DataFormatException(file, line, reason));
}
