using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Progress;
using MedEmbed.Hub;

namespace MedEmbed.Cli.Options;

/// <summary>The option that names a model.</summary>
internal sealed class ModelChoice
{
    /// <summary>The bundled model that is taken where none is named.</summary>
    public const string Default = "medembed-small-v1";

    public Option<string?> Option { get; } = new("--model", "-m")
    {
        Description = $"Bundled model, model folder, or hub id (owner/name). Default: {Default}.",
    };

    /// <summary>Finds the folder of the named model, of <paramref name="fallback"/> where none is named, and pulls it from the hub where it must.</summary>
    public Task<ModelLocation> LocateAsync(CommandInvocation invocation, CancellationToken cancellationToken, string? fallback = null) =>
        LocateAsync(invocation, invocation.Get(Option) ?? fallback ?? Default, cancellationToken);

    /// <summary>Finds the folder of the model called <paramref name="name"/>, and pulls it from the hub where it must.</summary>
    public static async Task<ModelLocation> LocateAsync(CommandInvocation invocation, string name, CancellationToken cancellationToken)
    {
        Func<string, string?> environment = invocation.Environment.Variable;
        using var hub = new HubClient(HubOptions.FromEnvironment(environment));
        var resolver = new ModelResolver(ModelCatalog.FromEnvironment(environment), hub);
        return resolver.FindLocal(name)
            ?? await invocation.Progress.RunAsync(name, progress => resolver.ResolveAsync(name, new PullProgress(progress), cancellationToken)).ConfigureAwait(false);
    }
}
