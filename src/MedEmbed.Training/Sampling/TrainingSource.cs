using System.Text.RegularExpressions;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Training.Sampling;

/// <summary>One data set of a training run, and how it is used. Immutable; each value is checked when it is set.</summary>
/// <remarks>A prompt that a triplet itself carries (FlagEmbedding's <c>prompt</c>) was written for another model and is not used.</remarks>
public sealed record TrainingSource
{
    /// <summary>Describes the data at <paramref name="path"/>: triplets, pairs, a judged list, or a BEIR folder.</summary>
    public TrainingSource(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
        Name = TripletSource.NameOf(path);
    }

    /// <summary>A file, or a folder with parts.</summary>
    public string Path { get; }

    /// <summary>What messages, counts and the model card call the source; no two sources of a run share it. Default the path's last name without extensions.</summary>
    /// <remarks>The order in which the source is walked hangs on the name and the seed, not on what other sources there are.</remarks>
    /// <exception cref="ArgumentException">Empty.</exception>
    public string Name
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    }

    /// <summary>Which part of a folder is read. Default <c>train</c>.</summary>
    /// <exception cref="ArgumentException">Empty.</exception>
    public string Split
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    } = "train";

    /// <summary>Share of the run's queries, relative to the other sources' weights; null, then for all sources, gives each a share in proportion to its size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or not above 0.</exception>
    public double? Weight { get; init => field = value is { } weight ? OptionRange.Positive(weight) : null; }

    /// <summary>Negatives a query, N; drawn anew each epoch. Default 0: negatives come from the batch alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int Negatives
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>Queries of a batch of this source; null takes the sampler's. Sources that share batches have none of their own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? BatchSize
    {
        get;
        init
        {
            if (value is { } size)
                ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(value));
            field = value;
        }
    }

    /// <summary>A regular expression; a triplet whose query or a positive it matches is left out, and so is a negative. Null leaves nothing out.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public string? Exclude
    {
        get;
        init
        {
            if (value is not null)
                _ = new Regex(value);
            field = value;
        }
    }

    /// <summary>The kinds of query (<see cref="Triplet.QueryType"/>) that belong to the source; null takes all.</summary>
    /// <remarks>So one file is several sources, each with a weight and losses of its own.</remarks>
    /// <exception cref="ArgumentException">Empty.</exception>
    public IReadOnlyList<string>? QueryTypes { get; init => field = NoneOrSome(value); }

    /// <summary>The origins (<see cref="Triplet.Source"/>) that belong to the source; null takes all.</summary>
    /// <exception cref="ArgumentException">Empty.</exception>
    public IReadOnlyList<string>? Sources { get; init => field = NoneOrSome(value); }

    /// <summary>Whether an example's other positives are candidates beside its negatives, as losses that learn an order from graded scores can use. Default false.</summary>
    /// <remarks>Contrastive losses leave them out again, since they are known positives.</remarks>
    public bool RankPositives { get; init; }

    /// <summary>Text before queries; empty for none.</summary>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public string QueryPrompt
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = "";

    /// <summary>Text before documents; empty for none.</summary>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public string DocumentPrompt
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = "";

    /// <summary>Share of queries, 0 to 1, that get the query prompt; the others get none, so that the model learns to do without. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double PromptShare { get; init => field = OptionRange.Share(value); } = 1;

    /// <summary>Whether batches are made of whole groups (a page's questions, a condition's sections), each the others' negatives. A group larger than a batch is cut into even parts. Default false.</summary>
    public bool GroupBatches { get; init; }

    /// <summary>Names what is learned from this source, where a recipe has more than one loss; null for the recipe's own.</summary>
    public string? Loss { get; init; }

    /// <summary>Whether a triplet belongs to the source by its kind and origin.</summary>
    internal bool Takes(Triplet triplet) => (QueryTypes?.Contains(triplet.QueryType) ?? true) && (Sources?.Contains(triplet.Source) ?? true);

    private static IReadOnlyList<string>? NoneOrSome(IReadOnlyList<string>? values) =>
        values is { Count: 0 } ? throw new ArgumentException("An empty list takes nothing; name a value, or leave it null for all.", nameof(values)) : values;
}
