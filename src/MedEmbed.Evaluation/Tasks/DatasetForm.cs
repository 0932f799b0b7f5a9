namespace MedEmbed.Evaluation.Tasks;

/// <summary>The form in which the hub holds a benchmark.</summary>
public enum DatasetForm
{
    /// <summary>Corpus, queries and qrels of their own, as JSON lines or Parquet.</summary>
    Beir,

    /// <summary>One CSV file a language, <c>data/LANGUAGE.csv</c>, with columns <c>question</c> and <c>answer</c>.</summary>
    QuestionsAndAnswers,
}
