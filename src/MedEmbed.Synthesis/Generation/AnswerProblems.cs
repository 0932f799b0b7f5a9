using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Extraction;

namespace MedEmbed.Synthesis.Generation;

/// <summary>What is wrong with answers, as reports name it.</summary>
internal static class AnswerProblems
{
    public const string Endpoint = "endpoint";
    public const string RepeatedAnswer = "repeated_answer";
    public const string MissingResponse = "missing_response";
    public const string FailedResponse = "failed_response";
    public const string BadEntry = "bad_entry";

    /// <summary>The problem of an answer that gave nothing.</summary>
    public static NoteProblem Of(ParsedAnswer answer, bool final) => new(SnakeCase.Of(answer.Fault), answer.Problem!, final);

    /// <summary>What was wrong with an answer that gave something: entries left out, and mends.</summary>
    public static IEnumerable<NoteProblem> Remarks(ParsedAnswer answer)
    {
        foreach (string fault in answer.EntryFaults)
            yield return new NoteProblem(BadEntry, fault, Final: false);
        foreach (Mends mend in Enum.GetValues<Mends>())
        {
            if (mend != Mends.None && answer.Mends.HasFlag(mend))
                yield return new NoteProblem($"mended_{SnakeCase.Of(mend)}", "", Final: false);
        }
    }
}
