using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Retrieval.Flat;

namespace MedEmbed.Cli.Commands;

/// <summary>What an index is and holds.</summary>
internal sealed class IndexInfoCommand : CliCommand
{
    private readonly Option<string> _index = IndexOption.Create();
    private readonly Option<bool> _verify = new("--verify") { Description = "Read every file whole and compare it with its checksums." };

    public IndexInfoCommand() => Definition = new Command("info", "Show what an index is and holds.") { _index, _verify };

    public override Command Definition { get; }

    public override string[] Examples => ["medembed index info --index my-index --verify"];

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        using FlatIndex index = FlatIndex.Open(invocation.Require(_index));
        bool verify = invocation.Get(_verify);
        if (verify)
            await Task.Run(() => index.Verify(cancellationToken), cancellationToken).ConfigureAwait(false);
        IndexInfo info = index.Info;
        string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        invocation.Summarize(
            new
            {
                Index = info.Folder,
                info.Documents,
                info.Removed,
                Model = info.Model.Name,
                ModelHash = info.Model.Hash,
                info.Model.Dimensions,
                Similarity = info.Model.Similarity.ToString().ToLowerInvariant(),
                info.Model.QueryPrompt,
                Vectors = info.Vectors.ToString().ToLowerInvariant(),
                Rescore = info.Rescore.ToString().ToLowerInvariant(),
                info.Bytes,
                info.Segments,
                info.Generation,
                Updated = info.Updated.ToString("O", CultureInfo.InvariantCulture),
                info.FormatVersion,
                Verified = verify,
            },
            Text($"index       {info.Folder}"),
            Text($"documents   {info.Documents:N0}{(info.Removed > 0 ? Text($" ({info.Removed:N0} removed or replaced ones still take room)") : "")}"),
            Text($"model       {info.Model.Name} ({info.Model.Hash[..12]})"),
            Text($"vectors     {info.Vectors.ToString().ToLowerInvariant()}, {info.Model.Dimensions} dimensions, {info.Model.Similarity.ToString().ToLowerInvariant()}{(info.Rescore == RescoreVectors.None ? "" : $", rescored by {info.Rescore.ToString().ToLowerInvariant()}")}"),
            Text($"size        {info.Bytes / 1e6:N1} MB in {info.Segments} segments"),
            Text($"updated     {info.Updated:u}, generation {info.Generation}"),
            verify ? "checksums   all match" : "checksums   headers match (--verify reads everything)");
        return ExitCode.Done;
    }
}
