namespace MedEmbed.Evaluation.Results;

/// <summary>What came of an evaluation.</summary>
/// <param name="Summary">The result.</param>
/// <param name="Remarks">Oddities of the data that did not hinder the evaluation, such as judged documents that are missing; sentences.</param>
public sealed record EvaluatedTask(ResultSummary Summary, IReadOnlyList<string> Remarks);
