using System.Globalization;
using MedEmbed.Data.Outputs;
using MedEmbed.Synthesis.Mining.Scoring;

namespace MedEmbed.Synthesis.Mining;

/// <summary>Tells whether what an earlier run left can be gone on with.</summary>
internal static class MiningFingerprint
{
    /// <summary>Of the passages and pairs, by content.</summary>
    public static async Task<string> OfInputAsync(MiningInput input, MiningOptions options, CancellationToken cancellationToken)
    {
        using var fingerprint = new OutputFingerprint();
        fingerprint.Add("mine", "1").Add("skip", options.SkipBadLines.ToString());
        await fingerprint.AddFileAsync("pairs", input.Pairs, cancellationToken).ConfigureAwait(false);
        if (input.Corpus is not null)
            await fingerprint.AddFileAsync("corpus", input.Corpus, cancellationToken).ConfigureAwait(false);
        return fingerprint.ToString();
    }

    /// <summary>Of the settings on which mined lines depend.</summary>
    public static string OfSettings(MiningOptions options)
    {
        using var fingerprint = new OutputFingerprint();
        foreach (CandidateSource source in options.Sources)
            fingerprint.Add("source", source.Kind.ToString()).Add("cap", Text(source.Cap));
        foreach (Teacher teacher in options.EffectiveTeachers)
            fingerprint.Add("teacher", Key(teacher.Model)).Add("weight", Text(teacher.Weight));
        return fingerprint
            .Add("model", Key(options.Model))
            .Add("second", Key(options.FalseNegativeModel)).Add("second share", Text(options.FalseNegativeShare))
            .Add("negatives", Text(options.Negatives)).Add("skip ranks", Text(options.SkipRanks)).Add("depth", Text(options.Depth))
            .Add("exclude group", options.ExcludeGroup.ToString()).Add("margin", Text(options.Margin)).Add("relative", Text(options.RelativeMargin)).Add("maximum", Text(options.MaxScore))
            .Add("selection", options.Selection.ToString()).Add("seed", Text(options.Seed))
            .ToString();
    }

    private static string? Key(MiningModel? model) => model is null ? null : ScorerSet.Key(model);

    private static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);
}
