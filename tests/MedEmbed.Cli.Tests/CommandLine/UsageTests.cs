using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.CommandLine;

public sealed class UsageTests(TinyModelFixture tiny) : IClassFixture<TinyModelFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> WrongUsage() => new()
    {
        { "indx", "medembed --help" },
        { "index", "medembed index --help" },
        { "index frobnicate", "medembed index --help" },
        { "search q", "--index" },
        { "search q --index", "--index" },
        { "search q --idx x", "--idx" },
        { "embed --threads 0", "--threads must be a whole number of at least 1, not \"0\"" },
        { "embed --threads many", "--threads must be a whole number of at least 1, not \"many\"" },
        { "embed --batch-tokens -1", "--batch-tokens" },
        { "embed --max-length 1", "give a larger maximum length" },
        { "embed --dimensions 0", "--dimensions" },
        { "embed --dimensions 999", "--dimensions must be from 1 to the model's 16, not 999" },
        { "embed --vectors f16", "'f16'" },
        { "embed --role reader", "'reader'" },
        { "embed --role query --no-prompt", "exclude each other" },
        { "embed --prompt nosuch", "nosuch" },
        { "embed --shard 4/4", "shard" },
        { "embed --shard x", "shard" },
        { "embed --shard /3", "JOB_COMPLETION_INDEX" },
        { "embed --json", "--output a file" },
        { "embed --output vectors.csv", ".npy" },
        { "embed no-such-file.jsonl", "no-such-file.jsonl: there is no such file" },
        { "tokenize no-such-file.jsonl", "no-such-file.jsonl: there is no such file" },
        { "tokenize --max-length 1", "--max-length must be at least 2" },
        { "index build --corpus no-such-file.jsonl --output i", "no-such-file.jsonl: there is no such file" },
        { "index build --corpus c --output i --kind late", "'flat'" },
        { "index build --corpus c --output i --rescore f32", "--rescore" },
        { "index info --index no-such-index", "no-such-index" },
        { "search --index i", "Give either a query" },
        { "search q --queries f --index i", "Give either a query" },
        { "search --queries f --index i", "--run" },
        { "search q --index i --top -3", "--top must be a whole number of at least 1, not \"-3\"" },
        { "search q --index i --top 0", "--top" },
        { "search q --index i --oversampling 0", "--oversampling must be a whole number from 1 to 1000" },
        { "search q --index i --filter year", "year" },
        { "evaluate --run no-such-run --qrels no-such-qrels", "no-such" },
        { "model pull not-an-id", "owner/name" },
        { "model info no/such/folder", "no/such/folder" },
        { "export --portable --precision int8 --output o", "--portable" },
    };

    [Theory, MemberData(nameof(WrongUsage))]
    public async Task WrongUsageExitsWithTwoAndSaysWhatIsWrong(string line, string told)
    {
        string[] arguments = line.Split(' ');
        if (line.StartsWith("embed", StringComparison.Ordinal) || line.StartsWith("tokenize", StringComparison.Ordinal))
            arguments = [.. arguments, "--model", tiny.Model];
        CommandResult result = await tiny.Medembed.RunAsync(arguments);
        Assert.Contains(told, result.ExpectUsageError(), StringComparison.Ordinal);
    }

    [Theory, InlineData("serch x", "search"), InlineData("index biuld", "build"), InlineData("embed --ouput x", "--output"), InlineData("search q --indx x", "--index"), InlineData("model lsit", "list"), InlineData("embed f --quite", "--quiet")]
    public async Task TypingErrorsAreMetWithWhatWasMeant(string line, string meant)
    {
        CommandResult result = await tiny.Medembed.RunAsync(line.Split(' '));
        string error = result.ExpectUsageError();
        Assert.Contains($"Did you mean {meant}?", error, StringComparison.Ordinal);
        Assert.Contains("--help\" for options and examples", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoArgumentsShowTheHelpOnStandardError()
    {
        CommandResult result = (await tiny.Medembed.RunAsync()).Expect(2);
        Assert.Empty(result.Output);
        Assert.Contains("index build", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownModelIsMetWithTheNearestName()
    {
        CommandResult result = await tiny.Medembed.RunAsync("embed", "--model", "bge-smal-en-v1.5");
        Assert.Contains("Did you mean \"bge-small-en-v1.5\"?", result.ExpectUsageError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AQueryThatLooksLikeAnOptionStandsBehindTwoDashes()
    {
        CommandResult result = await tiny.Medembed.RunAsync("search", "--index", "no-such-index", "--", "--stroke");
        Assert.Contains("no-such-index", result.ExpectUsageError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEmptyQueryIsWrongUsage()
    {
        CommandResult result = await tiny.Medembed.RunAsync("search", " ", "--index", "i");
        Assert.Contains("query is empty", result.ExpectUsageError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOutputInAMissingFolderIsRefusedAndTheFolderNotMade()
    {
        string corpus = Corpus.Write(_folder.File("corpus.jsonl"), 3);
        string output = _folder.File("missing/vectors.npy");
        CommandResult result = await tiny.Medembed.RunAsync("embed", corpus, "--model", tiny.Model, "--output", output);
        Assert.Contains(_folder.File("missing"), result.ExpectUsageError(), StringComparison.Ordinal);
        result = await tiny.Medembed.RunAsync("index", "build", "--corpus", corpus, "--model", tiny.Model, "--output", _folder.File("missing/index"));
        Assert.Contains(_folder.File("missing"), result.ExpectUsageError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("missing")));
    }

    [Fact]
    public async Task AnOutputThatIsAFolderIsRefused()
    {
        CommandResult result = await tiny.Medembed.RunAsync("tokenize", "--model", tiny.Model, "--output", _folder.Path);
        Assert.Contains("is a folder", result.ExpectUsageError(), StringComparison.Ordinal);
    }
}
