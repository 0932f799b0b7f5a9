namespace MedEmbed.Evaluation.Systems;

/// <summary>Shows the long parts of an evaluation one after the other.</summary>
public interface IEvaluationStages
{
    /// <summary>Runs <paramref name="work"/> as the stage of that name and shows what it reports.</summary>
    Task<T> RunAsync<T>(string stage, Func<IProgress<StageProgress>, Task<T>> work);
}
