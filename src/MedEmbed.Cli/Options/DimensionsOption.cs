using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Encoding;

namespace MedEmbed.Cli.Options;

/// <summary>The option that shortens vectors.</summary>
internal sealed class DimensionsOption
{
    public Option<int?> Option { get; } = NumberOption.Create("--dimensions", "Keep the first so many numbers of each vector and scale to unit length again.");

    /// <summary>Numbers a vector is to have: all of the model's where nothing is given.</summary>
    public int Of(CommandInvocation invocation, TextEncoder encoder)
    {
        int? given = invocation.Get(Option);
        if (given > encoder.Dimensions)
            throw new UsageException($"--dimensions must be from 1 to the model's {encoder.Dimensions}, not {given}.");
        return given ?? encoder.Dimensions;
    }
}
