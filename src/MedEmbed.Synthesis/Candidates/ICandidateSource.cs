using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Candidates;

/// <summary>Makes queries with their responses from notes.</summary>
/// <remarks>Thread-safe. The same part gives the same candidates as long as the source remembers its answers.</remarks>
public interface ICandidateSource
{
    /// <summary>The candidates of one part. What is wrong with the part or its answer is told in the result; what is wrong with the source itself is thrown.</summary>
    Task<NoteCandidates> GenerateAsync(NotePart part, CancellationToken cancellationToken = default);
}
