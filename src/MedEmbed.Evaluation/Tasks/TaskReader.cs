using System.Globalization;
using MedEmbed.Data.Judgments;
using MedEmbed.Data.Texts;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Evaluation.Tasks;

/// <summary>Reads a task's data.</summary>
public static class TaskReader
{
    /// <summary>Reads one split.</summary>
    /// <param name="task">The task.</param>
    /// <param name="split">The qrels file's name; a file is a split by itself.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="MedEmbed.Data.DataFormatException">A file is missing or a line of it is faulty.</exception>
    /// <exception cref="EvaluationException">No judged query has a text.</exception>
    public static Task<RetrievalData> ReadAsync(RetrievalTask task, string split, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Form == TaskForm.Beir ? ReadBeirAsync(task.Path, split, cancellationToken) : ReadFileAsync(task.Path, cancellationToken);
    }

    private static async Task<RetrievalData> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        TripletSource source = await TripletSource.OpenAsync(path, cancellationToken: cancellationToken).ConfigureAwait(false);
        return source.Form == TripletSourceForm.JudgedList
            ? await ReadJudgedListAsync(path, cancellationToken).ConfigureAwait(false)
            : await TripletTask.ReadAsync(source, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<RetrievalData> ReadBeirAsync(string path, string split, CancellationToken cancellationToken)
    {
        BeirFolder folder = BeirFolder.Open(path);
        Qrels qrels = await folder.ReadQrelsAsync(split, cancellationToken: cancellationToken).ConfigureAwait(false);
        List<(string, string)> queries = [];
        await foreach (Document query in folder.Queries().ReadAsync(cancellationToken).ConfigureAwait(false))
            queries.Add((query.Id, query.Text));
        List<(string, string)> documents = [];
        await foreach (Document document in folder.Corpus().ReadAsync(cancellationToken).ConfigureAwait(false))
            documents.Add((document.Id, document.TitleAndText));
        return new RetrievalData(documents, queries, qrels);
    }

    private static async Task<RetrievalData> ReadJudgedListAsync(string path, CancellationToken cancellationToken)
    {
        List<(string, string)> queries = [], documents = [];
        List<Judgment> judgments = [];
        Dictionary<string, int[]> candidates = new(StringComparer.Ordinal);
        await foreach (JudgedQuery query in new JudgedListReader(path).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            candidates[query.QueryId] = [.. Enumerable.Range(documents.Count, query.Passages.Count)];
            queries.Add((query.QueryId, query.Query));
            foreach ((int number, JudgedPassage passage) in query.Passages.Index())
            {
                string id = string.Create(CultureInfo.InvariantCulture, $"{query.QueryId}/{number}");
                documents.Add((id, passage.Text));
                judgments.Add(new Judgment(query.QueryId, id, passage.Grade));
            }
        }

        return new RetrievalData(documents, queries, Qrels.Create(judgments), candidates);
    }
}
