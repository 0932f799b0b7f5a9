using System.Globalization;
using MedEmbed.Data.Texts;
using MedEmbed.Synthesis.Mining.Passages;

namespace MedEmbed.Synthesis.Mining.Scoring;

/// <summary>The scorers of a run, each model once whatever it is for.</summary>
internal sealed class ScorerSet : IDisposable
{
    private readonly Dictionary<string, IPassageScorer> _scorers = new(StringComparer.Ordinal);
    private readonly List<IPassageScorer> _all = [];

    private ScorerSet()
    {
    }

    /// <summary>Opens what <paramref name="options"/> need, in the work folder.</summary>
    public static async Task<ScorerSet> OpenAsync(MiningOptions options, PassageCatalog catalog, string workFolder, IProgress<MiningProgress>? progress, CancellationToken cancellationToken)
    {
        var set = new ScorerSet();
        try
        {
            if (options.Uses(CandidateKind.Bm25) || options.EffectiveTeachers.Any(teacher => teacher.Model is null) || MarginModel(options) is null)
                set.Add("bm25", Bm25Scorer.Open(catalog, Path.Combine(workFolder, "bm25"), progress, cancellationToken));
            MiningModel?[] models = [options.Model, options.FalseNegativeModel, .. options.EffectiveTeachers.Select(teacher => teacher.Model)];
            foreach (MiningModel model in models.OfType<MiningModel>())
            {
                string folder = Path.Combine(workFolder, "vectors-" + NormalizedText.HashOf(Key(model)).ToString("x32", CultureInfo.InvariantCulture));
                if (!set._scorers.ContainsKey(Key(model)))
                    set.Add(Key(model), await DenseScorer.OpenAsync(model, catalog, folder, progress, cancellationToken).ConfigureAwait(false));
            }

            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>The model that margins are taken from: the dense source's, else the first teacher that is a model; null is BM25.</summary>
    public static MiningModel? MarginModel(MiningOptions options) => options.Model ?? options.EffectiveTeachers.Select(teacher => teacher.Model).FirstOrDefault(model => model is not null);

    /// <summary>The scorer of a model; of BM25 for null.</summary>
    public IPassageScorer this[MiningModel? model] => _scorers[model is null ? "bm25" : Key(model)];

    public async Task BeginAsync(QueryWindow window, CancellationToken cancellationToken)
    {
        foreach (IPassageScorer scorer in _all)
            await scorer.BeginAsync(window, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _all.ForEach(scorer => scorer.Dispose());

    /// <summary>What tells vectors apart: the model and how it was asked.</summary>
    public static string Key(MiningModel model) => $"{model.Index.Hash} {model.Query.Prompt} {model.Document.Prompt} {model.Index.Dimensions} {model.Index.MaxLength}";

    private void Add(string key, IPassageScorer scorer)
    {
        _scorers.Add(key, scorer);
        _all.Add(scorer);
    }
}
