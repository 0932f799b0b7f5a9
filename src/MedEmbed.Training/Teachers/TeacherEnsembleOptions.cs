using MedEmbed.Retrieval.Bm25;

namespace MedEmbed.Training.Teachers;

/// <summary>Who teaches. Immutable; each value is checked when it is set.</summary>
public sealed record TeacherEnsembleOptions
{
    /// <summary>The models; may be empty where BM25 teaches alone.</summary>
    public IReadOnlyList<TeacherModel> Models { get; init; } = [];

    /// <summary>BM25's weight; 0 leaves it out. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or below 0.</exception>
    public double Bm25Weight { get; init => field = OptionRange.NotNegative(value); }

    /// <summary>BM25's parameters.</summary>
    public Bm25Options Bm25 { get; init; } = Bm25Options.Default;

    /// <summary>Where the models' vectors are kept; null takes <c>teachers</c> in <see cref="MedEmbed.CacheFolder.Default"/>.</summary>
    public string? CacheFolder { get; init; }
}
