using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Indexing;
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
    private readonly Option<int> _top = new("--top", "-k") { Description = "How many documents.", DefaultValueFactory = _ => 10 };
    private readonly Option<string[]> _filter = new("--filter", "-f") { Description = "Only documents whose metadata match, such as source=NINDS or year>=2019; several must all match.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _queries = new("--queries") { Description = "A file of queries, JSONL ({\"_id\",\"text\"}) or plain text, instead of one." };
    private readonly Option<string?> _run = new("--run") { Description = "With --queries: where the TREC run goes." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a finished run." };
    private readonly Option<int?> _oversampling = new("--oversampling") { Description = "Candidates that an int8 or binary index scores again, as a multiple of --top." };
    private readonly Option<string?> _prompt = new("--prompt") { Description = "One of the model's prompts by name, instead of that for queries." };
    private readonly Option<bool> _noPrompt = new("--no-prompt") { Description = "No prompt before the query." };
    private readonly ModelOptions _model = new();

    public SearchCommand()
    {
        Definition = new Command("search", "Search an index with the model that it was built with.")
        {
            _query, _index, _top, _filter, _queries, _run, _overwrite, _oversampling, _prompt, _noPrompt,
        };
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
        if ((query is null) == (queries is null))
            throw new UsageException("Give either a query or --queries FILE.");
        if ((queries is null) != (invocation.Get(_run) is null))
            throw new UsageException("--queries FILE and --run FILE belong together.");
        if (invocation.Get(_top) < 1)
            throw new UsageException($"--top must be at least 1, not {invocation.Get(_top)}.");
        using FlatIndex index = FlatIndex.Open(invocation.Require(_index));
        using TextEncoder encoder = await _model.OpenAsync(invocation, cancellationToken, fallback: index.Info.Model.Name).ConfigureAwait(false);
        index.EnsureModel(EncoderIndexModel.Of(encoder, _model, invocation, index.Info.Model.Dimensions));
        var options = new EncodeOptions
        {
            Prompt = invocation.Get(_noPrompt) ? Prompt.None : invocation.Get(_prompt) is { Length: > 0 } name ? Prompt.Named(name) : Prompt.Query,
            Dimensions = index.Info.Model.Dimensions,
        };
        return query is not null
            ? await SearchOneAsync(invocation, index, encoder, query, options, cancellationToken).ConfigureAwait(false)
            : await SearchManyAsync(invocation, index, encoder, queries!, options, cancellationToken).ConfigureAwait(false);
    }

    private SearchOptions SearchOptions(CommandInvocation invocation) => new()
    {
        Filter = invocation.Get(_filter) is { Length: > 0 } expressions ? DocumentFilter.Parse(expressions) : null,
        Oversampling = invocation.Get(_oversampling),
    };

    private async Task<int> SearchOneAsync(CommandInvocation invocation, FlatIndex index, TextEncoder encoder, string query, EncodeOptions options, CancellationToken cancellationToken)
    {
        Encoded encoded = await encoder.EncodeAsync([query], options, cancellationToken).ConfigureAwait(false);
        SearchHit[] hits = index.Search(encoded.Vectors[0], invocation.Get(_top), SearchOptions(invocation), cancellationToken);
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

    private async Task<int> SearchManyAsync(CommandInvocation invocation, FlatIndex index, TextEncoder encoder, string path, EncodeOptions options, CancellationToken cancellationToken)
    {
        List<Document> queries = await InputOptions.Open(invocation, path, new DocumentReadOptions()).ReadAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        Encoded encoded = await invocation.Progress.RunAsync(
            "queries",
            progress => encoder.EncodeAsync(
                [.. queries.Select(query => query.TitleAndText)],
                options with { Progress = new Progress.EncodingProgress(progress, "queries") },
                cancellationToken).AsTask()).ConfigureAwait(false);
        SearchHit[][] hits = await Task.Run(() => index.Search(encoded.Vectors, invocation.Get(_top), SearchOptions(invocation), cancellationToken), cancellationToken).ConfigureAwait(false);
        var run = new RetrievalRunBuilder();
        for (int query = 0; query < queries.Count; query++)
        {
            run.AddQuery(queries[query].Id);
            foreach (SearchHit hit in hits[query])
                run.Add(queries[query].Id, hit.Id, hit.Score);
        }

        string output = invocation.Get(_run)!;
        AtomicFile.Write(output, stream => TrecRunFile.Write(run.Build(), stream), invocation.Get(_overwrite));
        long count = hits.Sum(list => (long)list.Length);
        if (invocation.Json)
            invocation.Summarize(new { Run = output, Queries = queries.Count, Hits = count });
        invocation.Progress.Note($"{output}: {count} hits for {queries.Count} queries.");
        return ExitCode.Done;
    }
}
