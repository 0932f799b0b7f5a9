using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Results;

/// <summary>A result in a line of a table.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Model">The system's name in results.</param>
/// <param name="Revision">The first digits of the model's hash.</param>
/// <param name="Split">The split.</param>
/// <param name="NdcgAt10">nDCG@10, the main score.</param>
/// <param name="MapAt10">MAP@10.</param>
/// <param name="RecallAt100">Recall@100.</param>
/// <param name="MrrAt10">MRR@10.</param>
/// <param name="QueryPrompt">What stood before each query; empty for nothing.</param>
/// <param name="Note">What must stand beside the numbers; null for nothing.</param>
/// <param name="Path">The result file.</param>
/// <param name="Kept">Whether it was there already.</param>
public sealed record ResultSummary(
    string Task, string Model, string Revision, string Split, double NdcgAt10, double MapAt10, double RecallAt100, double MrrAt10, string QueryPrompt, string? Note, string Path, bool Kept)
{
    internal static ResultSummary Of(SplitResult result, SystemDescription system, RetrievalTask task, string split, string path, bool kept)
    {
        return new ResultSummary(
            task.Name, system.ResultName, system.Revision, split, Score(ResultJson.MainScore), Score("map_at_10"), Score("recall_at_100"), Score("mrr_at_10"),
            system.QueryPrompt, (string?)result.Identity["task_note"], path, kept);

        double Score(string key) => (double)result.Scores[key]!;
    }
}
