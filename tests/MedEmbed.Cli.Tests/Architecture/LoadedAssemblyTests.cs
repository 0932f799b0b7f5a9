using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Architecture;

/// <summary>What a command does not need it does not load: TorchSharp's library asks for libtorch's 460 MB.</summary>
[Trait("Category", "Slow")]
public sealed class LoadedAssemblyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CommandsThatDoNotTrainLoadNoTorchSharp()
    {
        string first = TinyModel.Write(_folder.File("first")), second = TinyModel.Write(_folder.File("second"), seed: 2);
        string corpus = Corpus.Write(_folder.File("corpus.jsonl"), 3);
        foreach (string[] arguments in (string[][])[
            ["merge", first, second, "--output", _folder.File("merged")],
            ["embed", corpus, "--model", first, "--output", _folder.File("vectors.jsonl")],
            ["index", "build", "--corpus", corpus, "--model", first, "--output", _folder.File("index")]])
        {
            string trace = _folder.File("trace.nettrace");
            using var process = MedembedProcess.Start(
                _folder.File("cache"),
                arguments,
                ("DOTNET_EnableEventPipe", "1"),
                ("DOTNET_EventPipeConfig", "Microsoft-Windows-DotNETRuntime:0x8:4"),
                ("DOTNET_EventPipeOutputPath", trace));
            (await process.FinishAsync()).Expect(0);
            byte[] events = File.ReadAllBytes(trace);
            Assert.True(Names(events, "MedEmbed.Data"), "the trace names no assembly");
            Assert.False(Names(events, "TorchSharp"), $"medembed {arguments[0]} loads TorchSharp");
        }
    }

    private static bool Names(ReadOnlySpan<byte> events, string assembly) => events.IndexOf(System.Text.Encoding.Unicode.GetBytes(assembly)) >= 0;
}
