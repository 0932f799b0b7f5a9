namespace MedEmbed.Evaluation.Tasks;

/// <summary>The form of a task's data.</summary>
public enum TaskForm
{
    /// <summary>Corpus, queries and qrels: each query is searched for in the whole corpus.</summary>
    Beir,

    /// <summary>A file: a judged list, of which each query's own graded passages alone are ranked; or pairs or triplets, as <c>mine</c> keeps them back for development, of which each query is
    /// searched for among all passages of the file.</summary>
    File,
}
