using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Data.Judgments;
using MedEmbed.Evaluation.Metrics;

namespace MedEmbed.Cli.Commands;

/// <summary>The part of <c>evaluate</c> that scores a run of any system.</summary>
internal sealed class RunScoring
{
    private static readonly string[] Shown = ["ndcg_at_10", "map_at_10", "recall_at_100", "mrr_at_10"];

    private const int ShownQueries = 5;

    private readonly Option<bool> _ignoreIdenticalIds = new("--ignore-identical-ids") { Description = "With --run: leave documents out whose id is the query's, as the ArguAna task does." };

    public Option<string?> Run { get; } = new("--run") { Description = "Score this TREC run file (also .gz, .zst) instead of a model; needs --qrels." };

    public Option<string?> Qrels { get; } = new("--qrels") { Description = "With --run: judgments as TREC qrels, BEIR's TSV or Parquet." };

    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[Run, Qrels, _ignoreIdenticalIds])
            command.Options.Add(option);
    }

    public async Task<int> ScoreAsync(CommandInvocation invocation, string runFile, string qrelsFile, CancellationToken cancellationToken)
    {
        Qrels qrels = await QrelsFile.ReadAsync(qrelsFile, cancellationToken: cancellationToken).ConfigureAwait(false);
        RetrievalRun run = await TrecRunFile.ReadAsync(runFile, cancellationToken: cancellationToken).ConfigureAwait(false);
        RetrievalScores scores = RetrievalEvaluator.Evaluate(qrels, run, new EvaluationOptions { IgnoreIdenticalIds = invocation.Get(_ignoreIdenticalIds) });
        NoteGaps(invocation, qrels, scores);
        if (invocation.Json)
            WriteJson(invocation.Environment.Output, scores);
        else
            invocation.Environment.Output.WriteLine(string.Join('\n', Shown.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric,-14} {scores.Mean(metric):F5}"))));
        return ExitCode.Done;
    }

    private static void NoteGaps(CommandInvocation invocation, Qrels qrels, RetrievalScores scores)
    {
        Note(scores.QueriesWithoutRun, "judged queries are not in the run and do not count");
        Note(scores.QueriesWithoutJudgments, "queries of the run have no judgments and do not count");
        if (scores.Counts.WithoutRelevant > 0)
            invocation.Progress.Note($"{scores.Counts.WithoutRelevant} queries have no relevant document; they count with 0.");
        if (qrels.DuplicateJudgments > 0)
            invocation.Progress.Note($"{qrels.DuplicateJudgments} judgments stand twice in the qrels; each counts once.");

        void Note(IReadOnlyCollection<string> queries, string text)
        {
            if (queries.Count > 0)
                invocation.Progress.Note($"{queries.Count} {text}: {string.Join(", ", queries.Take(ShownQueries))}{(queries.Count > ShownQueries ? ", …" : "")}.");
        }
    }

    private static void WriteJson(TextWriter output, RetrievalScores scores)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WritePropertyName("scores");
            scores.WriteMteb(json);
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }
}
