using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Retrieval.Flat;

namespace MedEmbed.Cli.Commands;

/// <summary>Documents out of an index.</summary>
internal sealed class IndexRemoveCommand : CliCommand
{
    private readonly Option<string> _index = IndexOption.Create();
    private readonly Argument<string[]> _ids = new("ID") { Description = "Ids of documents to remove; an id of - reads them from standard input, one a line.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _ignoreMissing = new("--ignore-missing") { Description = "Ids that are not in the index are no error." };

    public IndexRemoveCommand() => Definition = new Command("remove", "Remove documents from an index by id. All of them or none.") { _index, _ids, _ignoreMissing };

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed index remove --index my-index doc17 doc18",
        "cut -f1 withdrawn.tsv | medembed index remove --index my-index - --ignore-missing",
    ];

    public override Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string index = invocation.Require(_index);
        using FlatIndexWriter writer = FlatIndexWriter.Open(index);
        (long removed, long missing) = (0, 0);
        foreach (string id in Ids(invocation))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (writer.Remove(id))
                removed++;
            else if (!invocation.Get(_ignoreMissing))
                throw new UsageException($"{index}: holds no document \"{id}\". Nothing was removed; pass --ignore-missing to remove the others.");
            else
                missing++;
        }

        writer.Commit(cancellationToken);
        invocation.Summarize(
            new { Index = index, Removed = removed, Missing = missing, writer.Documents },
            string.Create(CultureInfo.InvariantCulture, $"{index}: {removed:N0} documents removed, {writer.Documents:N0} in all"));
        return Task.FromResult(ExitCode.Done);
    }

    private IEnumerable<string> Ids(CommandInvocation invocation)
    {
        foreach (string id in invocation.Get(_ids)!)
        {
            if (id != "-")
            {
                yield return id;
                continue;
            }

            using var lines = new StreamReader(invocation.Environment.OpenInput());
            while (lines.ReadLine() is { } line)
            {
                if (line.Length > 0)
                    yield return line;
            }
        }
    }
}
