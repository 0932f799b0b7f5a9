using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Data.Outputs;
using MedEmbed.Data.Texts;
using MedEmbed.Models;
using MedEmbed.Tokenization;

namespace MedEmbed.Cli.Commands;

/// <summary>Texts to token ids.</summary>
internal sealed class TokenizeCommand : CliCommand
{
    private readonly Argument<string> _input = new("FILE")
    {
        Description = "JSONL ({\"_id\"?,\"text\",\"pair\"?}) or plain text, also .gz and .zst; - is standard input.",
        DefaultValueFactory = _ => "-",
    };

    private readonly Option<string> _output = new("--output", "-o") { Description = "Where the ids go, as JSONL.", DefaultValueFactory = _ => "-" };
    private readonly Option<int?> _maxLength = NumberOption.Create("--max-length", "Truncate to so many tokens, special tokens included; pairs lose the end of the longer text first.");
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a finished output." };
    private readonly ModelChoice _model = new();
    private readonly InputOptions _reading = new();

    public TokenizeCommand()
    {
        Definition = new Command("tokenize", "Turn texts into token ids, special tokens included, no prompt added. Needs the model's tokenizer files alone.")
        {
            _input, _output, _maxLength, _overwrite, _model.Option,
        };
        _reading.AddTo(Definition);
    }

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "echo \"acute myocardial infarction\" | medembed tokenize",
        "medembed tokenize texts.jsonl --model ./my-model --max-length 512 --output ids.jsonl",
    ];

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string input = invocation.Get(_input)!;
        string output = invocation.Get(_output)!;
        invocation.RequireOneOutput(output, "--output");
        OutputPath.RequireFile(output, invocation.Get(_overwrite));
        DocumentReader reader = InputOptions.Open(invocation, input, _reading.Of(invocation));
        string folder = (await _model.LocateAsync(invocation, cancellationToken).ConfigureAwait(false)).Folder;
        var tokenizer = WordPieceTokenizer.Load(TokenizerFolder(folder));
        RequireRoom(invocation.Get(_maxLength), tokenizer);
        (long texts, long tokens) = (0, 0);
        await AtomicFile.WriteAsync(
            output,
            async (stream, token) => (texts, tokens) = await WriteAsync(stream, reader, tokenizer, invocation.Get(_maxLength), token).ConfigureAwait(false),
            invocation.Get(_overwrite),
            output == "-" ? invocation.Environment.OpenOutput() : null,
            cancellationToken).ConfigureAwait(false);
        InputOptions.NoteBadLines(invocation, reader);
        if (invocation.Json)
            invocation.Summarize(new { Output = output, Texts = texts, Tokens = tokens, BadLines = reader.BadLines.Count });
        if (output != "-")
            invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{output}: {tokens:N0} tokens of {texts:N0} texts."));
        return ExitCode.Done;
    }

    /// <summary>The folder itself, which may hold a tokenizer alone; or the transformer's, where a model has that in a folder of its own.</summary>
    private static string TokenizerFolder(string folder)
    {
        bool hasOwn = File.Exists(Path.Combine(folder, "tokenizer.json")) || File.Exists(Path.Combine(folder, "vocab.txt"));
        return !hasOwn && File.Exists(Path.Combine(folder, "modules.json")) ? ModelFolder.Open(folder).TransformerFolder : folder;
    }

    private static void RequireRoom(int? maxLength, WordPieceTokenizer tokenizer)
    {
        if (maxLength < tokenizer.SpecialTokenCount)
            throw new UsageException($"--max-length must be at least {tokenizer.SpecialTokenCount}, since special tokens count, not {maxLength}.");
    }

    private static async Task<(long Texts, long Tokens)> WriteAsync(Stream stream, DocumentReader reader, WordPieceTokenizer tokenizer, int? maxLength, CancellationToken cancellationToken)
    {
        (long texts, long tokens) = (0, 0);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        await foreach (Document document in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            buffer.ResetWrittenCount();
            json.Reset();
            texts++;
            tokens += WriteLine(json, tokenizer, document, maxLength);
            json.Flush();
            buffer.Write("\n"u8);
            await stream.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        }

        return (texts, tokens);
    }

    private static int WriteLine(Utf8JsonWriter json, WordPieceTokenizer tokenizer, Document document, int? maxLength)
    {
        json.WriteStartObject();
        json.WriteString("_id", document.Id);
        int[] ids;
        if (document.Pair is { } pair)
        {
            TokenizedPair tokens = tokenizer.EncodePair(document.TitleAndText, pair, maxLength);
            ids = tokens.Ids;
            WriteNumbers(json, "ids", tokens.Ids);
            WriteNumbers(json, "type_ids", tokens.TypeIds);
        }
        else
        {
            ids = tokenizer.Encode(document.TitleAndText, maxLength);
            WriteNumbers(json, "ids", ids);
        }

        json.WriteEndObject();
        return ids.Length;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, int[] numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
