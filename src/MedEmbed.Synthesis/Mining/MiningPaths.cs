using MedEmbed.Data.Outputs;

namespace MedEmbed.Synthesis.Mining;

/// <summary>The files of a run.</summary>
/// <param name="Output">The triplets; <c>-</c> is standard output.</param>
/// <param name="Dev">The development triplets, <c>NAME.dev.EXT</c>; null where there is no split.</param>
/// <param name="Report">The report; null beside standard output.</param>
/// <param name="Contamination">The contamination report; null where nothing is compared.</param>
/// <param name="WorkFolder">Where unfinished work lies.</param>
public sealed record MiningPaths(string Output, string? Dev, string? Report, string? Contamination, string WorkFolder)
{
    /// <summary>The files beside <paramref name="output"/>.</summary>
    /// <exception cref="ArgumentException">Standard output cannot take what the options ask for.</exception>
    public static MiningPaths Of(string output, MiningOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentNullException.ThrowIfNull(options);
        bool piped = output == "-";
        if (piped && (options.DevShare > 0 || options.Benchmarks is not null || options.WorkFolder is null))
            throw new ArgumentException("Triplets on standard output need a work folder, and have no development file and no comparison with benchmarks; name a file.", nameof(output));
        return new MiningPaths(
            output,
            options.DevShare > 0 ? Path.ChangeExtension(output, ".dev" + Path.GetExtension(output)) : null,
            piped ? null : output + ".report.json",
            options.Benchmarks is not null ? output + ".contamination.json" : null,
            options.WorkFolder ?? output + ".work");
    }

    /// <summary>Requires that nothing finished is in the way.</summary>
    /// <param name="overwrite">Whether finished files are replaced.</param>
    /// <param name="siblingsAreOurs">Whether reports and development file may be what a run left that was killed just before its output took its name.</param>
    /// <exception cref="OutputExistsException">A file is there, and is not to be overwritten.</exception>
    internal void RequireFree(bool overwrite, bool siblingsAreOurs)
    {
        if (overwrite)
            return;
        foreach (string? file in (string?[])[Output, .. siblingsAreOurs ? (string?[])[] : [Dev, Report, Contamination]])
        {
            if (file is not (null or "-") && new FileInfo(file) is { Exists: true, Length: > 0 })
                throw new OutputExistsException(file);
        }
    }
}
