using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Progress;
using MedEmbed.Hub;

namespace MedEmbed.Cli.Commands;

/// <summary>A model from the hub into the cache.</summary>
internal sealed class ModelPullCommand : CliCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "owner/name, or owner/name@revision." };
    private readonly Option<bool> _onnx = new("--onnx") { Description = "Also the exported onnx/model.onnx." };

    public ModelPullCommand() => Definition = new Command("pull", "Download a model into the cache, checksummed. A broken download goes on where it was.") { _id, _onnx };

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed model pull BAAI/bge-base-en-v1.5",
        "HF_TOKEN=… medembed model pull my-hospital/private-model@v2",
    ];

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        Func<string, string?> environment = invocation.Environment.Variable;
        HubOptions options = HubOptions.FromEnvironment(environment);
        var id = HubId.Parse(invocation.Get(_id)!, options.Revision);
        using var hub = new HubClient(options);
        ModelCache cache = ModelCatalog.FromEnvironment(environment).Cache;
        CachedModel model = await invocation.Progress
            .RunAsync(id.ToString(), progress => cache.PullAsync(hub, id, invocation.Get(_onnx), new PullProgress(progress), cancellationToken)).ConfigureAwait(false);
        invocation.Summarize(new { model.Name, model.Commit, model.Folder }, $"{model.Name} {model.Commit}", model.Folder);
        return ExitCode.Done;
    }
}
