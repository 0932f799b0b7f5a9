using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Cli.Output;
using MedEmbed.Data.Judgments;
using MedEmbed.Data.Outputs;
using MedEmbed.Data.Texts;
using MedEmbed.Encoding;
using MedEmbed.Retrieval;
using MedEmbed.Retrieval.Filtering;
using MedEmbed.Retrieval.Flat;

namespace MedEmbed.Cli.Commands;

/// <summary>Queries to ranked documents.</summary>
internal sealed class SearchCommand : CliCommand
{
    private readonly Argument<string?> _query = new("QUERY") { Description = "What is looked for.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _index = IndexOption.Create();
    private readonly Option<int?> _top = NumberOption.Create("--top", "How many documents. Default: 10.", aliases: "-k");
    private readonly Option<string[]> _filter = new("--filter", "-f") { Description = "Only documents whose metadata match, such as source=NINDS or year>=2019; given several times, all must match." };
    private readonly Option<string?> _queries = new("--queries") { Description = "A file of queries, JSONL ({\"_id\",\"text\"}) or plain text, instead of one." };
    private readonly Option<string?> _run = new("--run") { Description = "With --queries: where the TREC run goes." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a finished run." };
    private readonly Option<int?> _oversampling = NumberOption.Create("--oversampling", "Candidates that an int8 or binary index scores again, as a multiple of --top. Default: 4 for int8, 16 for binary.", maximum: 1000);
    private readonly PromptOptions _prompt = new(anyRole: false);
    private readonly ModelOptions _model = new();

    public SearchCommand()
    {
        Definition = new Command("search", "Search an index with the model that it was built with.")
        {
            _query, _index, _top, _filter, _queries, _run, _overwrite, _oversampling,
        };
        _prompt.AddTo(Definition);
        _model.AddTo(Definition);
    }

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed search \"why do my joints hurt in the morning\" --index my-index",
        "medembed search \"stroke rehabilitation\" --index my-index --top 3 --filter source=NINDS --json",
        "medembed search --queries queries.jsonl --index my-index --top 1000 --run run.trec",
    ];

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string? query = invocation.Get(_query);
        string? queries = invocation.Get(_queries);
        CheckUsage(invocation, query, queries);
        SearchOptions search = SearchOptions(invocation);
        DocumentReader? reader = queries is null ? null : InputOptions.Open(invocation, queries, new DocumentReadOptions());
        using FlatIndex index = FlatIndex.Open(invocation.Require(_index));
        using ChosenEncoder model = await _model.OpenAsync(invocation, index.Info.Model, cancellationToken).ConfigureAwait(false);
        index.EnsureModel(model.ToIndexModel(index.Info.Model.Dimensions, Prompt.None));
        var options = new EncodeOptions { Prompt = _prompt.Of(invocation, Prompt.Query), Dimensions = index.Info.Model.Dimensions };
        return reader is null
            ? await SearchOneAsync(invocation, index, model.Encoder, query!, options, search, cancellationToken).ConfigureAwait(false)
            : await SearchManyAsync(invocation, index, model.Encoder, reader, options, search, cancellationToken).ConfigureAwait(false);
    }

    private void CheckUsage(CommandInvocation invocation, string? query, string? queries)
    {
        if ((query is null) == (queries is null))
            throw new UsageException("Give either a query (in quotes where it has several words) or --queries FILE.");
        if (string.IsNullOrWhiteSpace(query ?? queries))
            throw new UsageException("The query is empty; give a few words.");
        if ((queries is null) != (invocation.Get(_run) is null))
            throw new UsageException("--queries FILE and --run FILE belong together.");
        if (invocation.Get(_run) is not { } run)
            return;
        invocation.RequireOneOutput(run, "--run");
        OutputPath.RequireFile(run, invocation.Get(_overwrite));
    }

    private int Top(CommandInvocation invocation) => invocation.Get(_top) ?? 10;

    private SearchOptions SearchOptions(CommandInvocation invocation) => new()
    {
        Filter = invocation.Get(_filter) is { Length: > 0 } expressions ? DocumentFilter.Parse(expressions) : null,
        Oversampling = invocation.Get(_oversampling),
    };

    private async Task<int> SearchOneAsync(CommandInvocation invocation, FlatIndex index, TextEncoder encoder, string query, EncodeOptions options, SearchOptions search, CancellationToken cancellationToken)
    {
        Encoded encoded = await encoder.EncodeAsync([query], options, cancellationToken).ConfigureAwait(false);
        SearchHit[] hits = index.Search(encoded.Vectors[0], Top(invocation), search, cancellationToken);
        var found = hits.Select((hit, rank) => new FoundDocument(rank + 1, hit.Score, index.Document(hit))).ToArray();
        if (invocation.Json)
        {
            invocation.Summarize(new
            {
                Query = query,
                Prompt = encoder.Model.Prompts.NameOf(options.Prompt) ?? "none",
                Hits = found.Select(hit => new { hit.Rank, hit.Score, hit.Document.Id, hit.Document.Title, hit.Document.Text, hit.Document.Metadata }),
            });
        }
        else
        {
            new HitList(invocation.Environment.Output).Write(found);
        }

        return ExitCode.Done;
    }

    private async Task<int> SearchManyAsync(CommandInvocation invocation, FlatIndex index, TextEncoder encoder, DocumentReader reader, EncodeOptions options, SearchOptions search, CancellationToken cancellationToken)
    {
        List<Document> queries = await reader.ReadAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        Encoded encoded = await invocation.Progress.RunAsync(
            "queries",
            progress => encoder.EncodeAsync(
                [.. queries.Select(query => query.TitleAndText)],
                options with { Progress = new Progress.EncodingProgress(progress, "queries") },
                cancellationToken).AsTask()).ConfigureAwait(false);
        SearchHit[][] hits = await Task.Run(() => index.Search(encoded.Vectors, Top(invocation), search, cancellationToken), cancellationToken).ConfigureAwait(false);
        var run = new RetrievalRunBuilder();
        for (int query = 0; query < queries.Count; query++)
        {
            run.AddQuery(queries[query].Id);
            foreach (SearchHit hit in hits[query])
                run.Add(queries[query].Id, hit.Id, hit.Score);
        }

        string output = invocation.Get(_run)!;
        AtomicFile.Write(output, stream => TrecRunFile.Write(run.Build(), stream), invocation.Get(_overwrite), output == "-" ? invocation.Environment.OpenOutput() : null);
        long count = hits.Sum(list => (long)list.Length);
        if (invocation.Json)
            invocation.Summarize(new { Run = output, Queries = queries.Count, Hits = count });
        invocation.Progress.Note($"{output}: {count} hits for {queries.Count} queries.");
        return ExitCode.Done;
    }
}
