using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Data.Outputs;
using MedEmbed.Graph;
using MedEmbed.Models;

namespace MedEmbed.Cli.Commands;

/// <summary>A model as an ONNX graph.</summary>
internal sealed class ExportCommand : CliCommand
{
    private readonly Option<string> _output = new("--output", "-o") { Description = "Folder for model.onnx and model.onnx_data.", Required = true };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a finished export." };
    private readonly Option<bool> _portable = new("--portable") { Description = "Standard operators alone, f32, int64 input_ids, attention_mask and token_type_ids in, last_hidden_state out too: for any ONNX runtime." };
    private readonly ModelOptions _model = new();

    public ExportCommand()
    {
        Definition = new Command("export", "Write the model as an ONNX graph: input_ids and attention_mask (int32) in, sentence_embedding out. It runs in ONNX Runtime, whose own fused operators it uses.") { _output, _portable, _overwrite };
        _model.AddGraphOptionsTo(Definition);
    }

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed export --output onnx",
        "medembed export --model ./my-model --precision int8 --output onnx-int8",
        "medembed export --portable --output my-model/onnx",
    ];

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string output = invocation.Require(_output);
        if (invocation.Get(_portable) && _model.PrecisionOf(invocation) != Precision.F32)
            throw new UsageException("--portable is in f32; int8 needs ONNX Runtime's own operators.");
        OutputPath.RequireFolder(output, invocation.Get(_overwrite), "an exported graph", HoldsExport);
        ModelFolder model = await _model.OpenFolderAsync(invocation, cancellationToken).ConfigureAwait(false);
        Precision precision = _model.PrecisionOf(invocation);
        using (AtomicFolder folder = AtomicFolder.Open(output, invocation.Get(_overwrite)))
        {
            await Task.Run(() => Write(model, precision, invocation.Get(_portable), folder.Path), cancellationToken).ConfigureAwait(false);
            folder.Complete();
        }

        string file = Path.Combine(output, OnnxExport.GraphFileName);
        invocation.Summarize(
            new { Graph = file, Weights = Path.Combine(output, OnnxExport.WeightsFileName), Model = model.Name, ModelHash = model.ContentHash, Precision = precision.ToString().ToLowerInvariant(), model.Dimensions },
            $"{file}: {model.Name}, {precision.ToString().ToLowerInvariant()}, {model.Dimensions} dimensions");
        return ExitCode.Done;
    }

    /// <summary>Replacing a folder deletes it, so that nothing else may be in it: a model's own folder is not to be lost to <c>--overwrite</c>.</summary>
    private static bool HoldsExport(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).All(entry => Path.GetFileName(entry) is OnnxExport.GraphFileName or OnnxExport.WeightsFileName);

    private static void Write(ModelFolder model, Precision precision, bool portable, string folder)
    {
        if (portable)
            OnnxExport.WritePortable(model, folder);
        else
            OnnxExport.Write(model, precision, folder);
    }
}
