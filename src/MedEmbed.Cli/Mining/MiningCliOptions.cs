using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Synthesis.Mining;

namespace MedEmbed.Cli.Mining;

/// <summary>Options that say which candidates become negatives.</summary>
internal sealed class MiningCliOptions
{
    private static readonly Dictionary<string, CandidateKind> Kinds = new(StringComparer.Ordinal)
    {
        ["random"] = CandidateKind.Random,
        ["bm25"] = CandidateKind.Bm25,
        ["dense"] = CandidateKind.Dense,
        ["in-group"] = CandidateKind.InGroup,
    };

    private readonly Option<string[]> _sources = new("--source")
    {
        Description = "Sources of candidates, which take turns: bm25, dense, random, in-group (the positive's note, page or condition), each with =N negatives at most or without. Default: bm25 dense.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _negatives = NumberOption.Create("--negatives", "Negatives a triplet may have. Default: 7.");
    private readonly Option<int?> _minNegatives = NumberOption.Create("--min-negatives", "Leave out pairs with fewer negatives. Default: 0.", minimum: 0);
    private readonly Option<int?> _skip = NumberOption.Create("--skip-ranks", "First ranks of BM25 and dense rankings to pass over. Default: 0.", minimum: 0);
    private readonly Option<int?> _depth = NumberOption.Create("--depth", "Ranks down to which candidates are taken. Default: 100.");
    private readonly Option<bool> _excludeGroup = new("--exclude-group") { Description = "Take no negatives from the positive's own note, page or term: for pairs whose siblings say the same in other words, as lexical pairs." };
    private readonly Option<double?> _margin = DecimalOption.Create("--margin", "How far below the positive's score a negative's must lie. Default: no such rule.");
    private readonly Option<string?> _relative = new("--relative-margin") { Description = "The share of the positive's score that a negative's may reach, or off. Default: 0.95 (NV-Retriever)." };
    private readonly Option<double?> _maxScore = DecimalOption.Create("--max-score", "The score that a negative may have at most. Default: no such rule.");
    private readonly Option<string> _select = new Option<string>("--select")
    {
        Description = "Which of the candidates that pass are taken: the top ones of each source, or a sample by the seed.",
        DefaultValueFactory = _ => "top",
    }.AcceptOnlyFromAmong("top", "sample");

    private readonly Option<int?> _seed = NumberOption.Create("--seed", "Decides draws and the split. Default: 1.", minimum: 0);
    private readonly Option<double?> _devShare = DecimalOption.Create("--dev-share", "Share of the notes (of the queries, where pairs name no note) that goes to NAME.dev.EXT beside the output. Default: 0.", 0, 0.999);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_sources, _negatives, _minNegatives, _skip, _depth, _excludeGroup, _margin, _relative, _maxScore, _select, _seed, _devShare])
            command.Options.Add(option);
    }

    public MiningOptions Of(CommandInvocation invocation)
    {
        var options = new MiningOptions();
        return options with
        {
            Sources = invocation.Get(_sources) is { Length: > 0 } sources ? Sources(sources) : options.Sources,
            Negatives = invocation.Get(_negatives) ?? options.Negatives,
            MinNegatives = invocation.Get(_minNegatives) ?? options.MinNegatives,
            SkipRanks = invocation.Get(_skip) ?? options.SkipRanks,
            Depth = invocation.Get(_depth) ?? options.Depth,
            ExcludeGroup = invocation.Get(_excludeGroup),
            Margin = invocation.Get(_margin),
            RelativeMargin = RelativeMargin(invocation.Get(_relative), options.RelativeMargin),
            MaxScore = invocation.Get(_maxScore),
            Selection = invocation.Get(_select) == "sample" ? NegativeSelection.Sample : NegativeSelection.Top,
            Seed = invocation.Get(_seed) ?? options.Seed,
            DevShare = invocation.Get(_devShare) ?? 0,
        };
    }

    private static CandidateSource[] Sources(string[] given)
    {
        CandidateSource[] sources = Array.ConvertAll(given, Source);
        return sources.GroupBy(source => source.Kind).FirstOrDefault(kind => kind.Count() > 1) is null
            ? sources
            : throw new UsageException("--source names a source twice; give each once, with =N for its cap.");
    }

    private static CandidateSource Source(string given)
    {
        string[] parts = given.Split('=', 2);
        if (!Kinds.TryGetValue(parts[0], out CandidateKind kind))
            throw new UsageException($"--source must be among {string.Join(", ", Kinds.Keys)}, not \"{parts[0]}\".");
        if (parts.Length == 1)
            return new CandidateSource(kind);
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int cap) && cap > 0
            ? new CandidateSource(kind, cap)
            : throw new UsageException($"--source {parts[0]}=N needs a whole number of at least 1, not \"{parts[1]}\".");
    }

    private static double? RelativeMargin(string? given, double? fallback)
    {
        if (given is null)
            return fallback;
        if (given == "off")
            return null;
        return double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && double.IsFinite(share)
            ? share
            : throw new UsageException($"--relative-margin must be a number, as 0.95, or off, not \"{given}\".");
    }
}
