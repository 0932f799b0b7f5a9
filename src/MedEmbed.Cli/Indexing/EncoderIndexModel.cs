using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Encoding;
using MedEmbed.Graph;
using MedEmbed.Retrieval;

namespace MedEmbed.Cli.Indexing;

/// <summary>What an index remembers of its encoder.</summary>
internal static class EncoderIndexModel
{
    /// <summary>Describes <paramref name="encoder"/>; the name is what <c>--model</c> takes to find it again.</summary>
    public static IndexModel Of(TextEncoder encoder, ModelOptions options, CommandInvocation invocation, int dimensions)
    {
        string name = invocation.Get(options.Choice.Option) ?? ModelChoice.Default;
        return new IndexModel
        {
            Name = Directory.Exists(name) ? Path.GetFullPath(name) : name,
            Hash = HashOf(encoder, options.PrecisionOf(invocation)),
            Dimensions = dimensions,
            Similarity = encoder.Model.Similarity,
            QueryPrompt = encoder.Model.Prompts.NameOf(Prompt.Query),
            Normalised = encoder.Model.Normalizes,
        };
    }

    /// <summary>Identifies the vectors: int8 arithmetic gives others than f32.</summary>
    public static string HashOf(TextEncoder encoder, Precision precision) =>
        precision == Precision.F32 ? encoder.Model.ContentHash : $"{encoder.Model.ContentHash}+int8";

    /// <summary>The dimensions to keep, all of the model's where none are given.</summary>
    public static int CheckDimensions(int? dimensions, TextEncoder encoder)
    {
        if (dimensions is { } given && (given < 1 || given > encoder.Dimensions))
            throw new UsageException($"--dimensions must be from 1 to the model's {encoder.Dimensions}, not {given}.");
        return dimensions ?? encoder.Dimensions;
    }
}
