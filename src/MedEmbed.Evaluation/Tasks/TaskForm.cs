namespace MedEmbed.Evaluation.Tasks;

/// <summary>The form of a task's data.</summary>
public enum TaskForm
{
    /// <summary>Corpus, queries and qrels: each query is searched for in the whole corpus.</summary>
    Beir,

    /// <summary>Each query with its own graded passages, which alone are ranked.</summary>
    JudgedList,
}
