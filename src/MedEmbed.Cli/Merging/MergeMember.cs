using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Models;

namespace MedEmbed.Cli.Merging;

/// <summary>A model of a mix as it stands on the command line: <c>MODEL</c> or <c>MODEL=WEIGHT</c>.</summary>
/// <param name="Name">The model: a folder, a bundled name or a hub id.</param>
/// <param name="Weight">Its weight; null where none is given.</param>
internal sealed record MergeMember(string Name, double? Weight)
{
    /// <summary>The opened folder.</summary>
    public ModelFolder? Model { get; init; }

    /// <exception cref="UsageException">What stands behind the last <c>=</c> is no weight.</exception>
    public static MergeMember Parse(string text)
    {
        int at = text.LastIndexOf('=');
        if (at < 0 || Directory.Exists(text))
            return new MergeMember(text, null);
        if (!double.TryParse(text[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) || !double.IsFinite(weight) || weight < 0 || at == 0)
            throw new UsageException($"\"{text}\": a weight is a number from 0 up, as in MODEL=0.3.");
        return new MergeMember(text[..at], weight);
    }

    /// <summary>The weights of all members, whose sum is 1. The first is the base where <paramref name="hasBase"/>: without a weight of its own it gets what the others leave.</summary>
    /// <exception cref="UsageException">Some have weights and some have none, or the weights leave the base less than nothing.</exception>
    public static double[] WeightsOf(IReadOnlyList<MergeMember> members, bool hasBase)
    {
        if (members.All(member => member.Weight is null))
            return [.. members.Select(_ => 1.0 / members.Count)];
        double[] given = [.. members.Select(member => member.Weight ?? 0)];
        if (hasBase && members[0].Weight is null && members.Skip(1).All(member => member.Weight is not null))
        {
            // Sums of decimal fractions miss 1 by the last digit.
            given[0] = 1 - given.Sum();
            if (given[0] < -1e-9)
                throw new UsageException(FormattableString.Invariant($"The weights' sum is {given.Skip(1).Sum():0.###}; beside --base it may be 1 at most, and the base gets the rest. Or give the base a weight: --base MODEL=WEIGHT."));
            given[0] = Math.Max(given[0], 0);
        }
        else if (members.FirstOrDefault(member => member.Weight is null) is { } without)
        {
            throw new UsageException($"\"{without.Name}\" has no weight, and others have: give all models weights (MODEL=WEIGHT), or none.");
        }

        double sum = given.Sum();
        return sum > 0 ? [.. given.Select(weight => weight / sum)] : throw new UsageException("All weights are zero; give one model at least a weight above 0.");
    }
}
