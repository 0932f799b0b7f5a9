using System.Globalization;

namespace MedEmbed.Evaluation.Leaderboards.Reports;

/// <summary>Numbers and names as all reports write them.</summary>
internal static class ScoreText
{
    /// <summary>Stands for a score there is none of.</summary>
    public const string Missing = "–";

    /// <summary>Stands beside a score on a task that the model was trained on.</summary>
    public const string ContaminationMark = "†";

    public const string ContaminationText = "the model's card names this task among its training data; the score does not tell how the model does on unseen data";

    public const string MeanText = "mean over all tasks; left out where a task is missing";

    /// <summary>Four decimals.</summary>
    public static string Score(double? score) => score is { } value ? value.ToString("F4", CultureInfo.InvariantCulture) : Missing;

    /// <summary>A difference with its sign.</summary>
    public static string Difference(double difference) => difference.ToString("+0.0000;−0.0000;0.0000", CultureInfo.InvariantCulture);

    public static string PValue(double pValue) => pValue < 0.0001 ? "<0.0001" : pValue.ToString("F4", CultureInfo.InvariantCulture);

    public static string Percent(double? share) => share is { } value ? (value * 100).ToString("F1", CultureInfo.InvariantCulture) + " %" : Missing;

    /// <summary>33M, 7.9B.</summary>
    public static string Parameters(double? parameters) => parameters switch
    {
        null or 0 => Missing,
        >= 1e9 => (parameters.Value / 1e9).ToString("0.#", CultureInfo.InvariantCulture) + "B",
        >= 1e6 => (parameters.Value / 1e6).ToString("0", CultureInfo.InvariantCulture) + "M",
        _ => (parameters.Value / 1e3).ToString("0", CultureInfo.InvariantCulture) + "K",
    };

    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>nDCG@10</c> for <c>ndcg_at_10</c>.</summary>
    public static string Metric(string key)
    {
        int at = key.IndexOf("_at_", StringComparison.Ordinal);
        if (at < 0)
            return key;
        string family = key[..at] switch
        {
            "ndcg" => "nDCG",
            "map" => "MAP",
            "mrr" => "MRR",
            "hit_rate" => "hit rate",
            { } other => other,
        };
        return $"{family}@{key[(at + 4)..]}";
    }

    public static string Correction(PValueCorrection correction) => correction == PValueCorrection.Holm ? "Holm" : "Benjamini–Hochberg";
}
