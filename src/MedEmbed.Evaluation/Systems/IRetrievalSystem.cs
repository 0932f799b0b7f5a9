using MedEmbed.Data.Judgments;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Systems;

/// <summary>A system under test: ranks documents for queries.</summary>
/// <remarks>One search at a time.</remarks>
public interface IRetrievalSystem
{
    /// <summary>What the system is, for result files.</summary>
    SystemDescription Description { get; }

    /// <summary>Texts encoded so far, and the time that took; those found on disk do not count.</summary>
    EncodingSpeed Speed { get; }

    /// <summary>Ranks documents for every query of <paramref name="data"/>.</summary>
    /// <param name="data">Where <see cref="RetrievalData.Candidates"/> is given, exactly these are ranked for each query.</param>
    /// <param name="top">Documents to return a query at most, at least 1.</param>
    /// <param name="stages">Told what is done and how far it has come.</param>
    /// <param name="cancellationToken">Ends the search; what was encoded and kept on disk is found by the next.</param>
    /// <returns>Every query of the data, with hits or without.</returns>
    /// <exception cref="EvaluationException">A vector holds a number that is not finite.</exception>
    Task<RetrievalRun> SearchAsync(RetrievalData data, int top, IEvaluationStages stages, CancellationToken cancellationToken = default);
}
