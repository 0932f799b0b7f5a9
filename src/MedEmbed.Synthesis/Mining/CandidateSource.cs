namespace MedEmbed.Synthesis.Mining;

/// <summary>A source of candidates and how many negatives of a query it may give.</summary>
/// <param name="Kind">The source.</param>
/// <param name="Cap">Negatives at most, at least 1; null: as many as are wanted in all.</param>
public sealed record CandidateSource(CandidateKind Kind, int? Cap = null)
{
    /// <inheritdoc cref="CandidateSource" path="/param[@name='Cap']"/>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? Cap { get; init => field = Require(value); } = Require(Cap);

    private static int? Require(int? cap) => cap is null or >= 1 ? cap : throw new ArgumentOutOfRangeException(nameof(cap), cap, "A source's cap must be at least 1.");
}
