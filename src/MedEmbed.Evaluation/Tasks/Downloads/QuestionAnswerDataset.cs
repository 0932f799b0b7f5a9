using MedEmbed.Hub;

namespace MedEmbed.Evaluation.Tasks.Downloads;

/// <summary>A data set of questions and answers, a CSV file a language.</summary>
internal sealed class QuestionAnswerDataset : IHubDataset
{
    private readonly HubFile _table;

    /// <exception cref="EvaluationException">The language's file is not there.</exception>
    public QuestionAnswerDataset(HubRepository repository, string language)
    {
        string path = $"data/{language}.csv";
        _table = repository.Files.FirstOrDefault(file => file.Path == path)
            ?? throw new EvaluationException($"{repository.Id}: the hub lists no {path}; it has {string.Join(", ", repository.Files.Take(20).Select(file => file.Path))}. Get the data by other means and put it below --data in BEIR's layout.");
    }

    public IReadOnlyList<HubFile> Files => [_table];

    public async Task ConvertAsync(string raw, BeirWriter writer, CancellationToken cancellationToken)
    {
        QuestionAnswerTable table = QuestionAnswerTable.Read(Path.Combine(raw, _table.Path));
        await writer.WriteCorpusAsync(table.Documents.ToAsyncEnumerable(), cancellationToken).ConfigureAwait(false);
        await writer.WriteQueriesAsync(table.Queries.ToAsyncEnumerable(), cancellationToken).ConfigureAwait(false);
        await writer.WriteQrelsAsync(Benchmark.TestSplit, table.Judgments.ToAsyncEnumerable(), cancellationToken).ConfigureAwait(false);
    }
}
