using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Hub;

namespace MedEmbed.Cli.Commands;

/// <summary>Models on this machine.</summary>
internal sealed class ModelListCommand : CliCommand
{
    public override Command Definition { get; } = new("list", "List the models that are bundled or in the cache.");

    public override string[] Examples => ["medembed model list"];

    public override Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var catalog = ModelCatalog.FromEnvironment(invocation.Environment.Variable);
        var models = catalog.List().Select(model => new { model.Name, Source = model.Source.ToString().ToLowerInvariant(), Bytes = model.MeasureSize(), model.Folder }).ToArray();
        string[] lines = [.. models.Select(model => string.Create(CultureInfo.InvariantCulture, $"{model.Name,-36} {model.Source,-8} {model.Bytes / 1e6,8:N1} MB  {model.Folder}"))];
        invocation.Summarize(new { Models = models, Cache = catalog.Cache.Root }, lines is [] ? [$"No model is bundled or in the cache ({catalog.Cache.Root})."] : lines);
        return Task.FromResult(ExitCode.Done);
    }
}
