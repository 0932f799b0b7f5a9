using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Extraction;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Batches;

/// <summary>Candidates from batch responses, whose custom ids are those of notes or their parts.</summary>
public sealed class BatchCandidateSource : ICandidateSource
{
    private readonly BatchResponses _responses;
    private readonly List<FailedPart> _failed = [];

    /// <summary>Takes answers from <paramref name="responses"/>.</summary>
    public BatchCandidateSource(BatchResponses responses)
    {
        ArgumentNullException.ThrowIfNull(responses);
        _responses = responses;
    }

    /// <summary>Parts without usable answer that may get one by asking again, in the order they were looked for; refusals, which would come again, are not among them.</summary>
    public IReadOnlyList<FailedPart> Failed
    {
        get
        {
            lock (_failed)
                return [.. _failed];
        }
    }

    /// <inheritdoc/>
    public Task<NoteCandidates> GenerateAsync(NotePart part, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(part);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Generate(part));
    }

    private NoteCandidates Generate(NotePart part)
    {
        BatchResponse? response = _responses.Find(part.Id);
        if (response?.Completion is not { } completion)
        {
            AddFailed(new FailedPart(part, null, null));
            NoteProblem problem = response is null
                ? new NoteProblem(AnswerProblems.MissingResponse, "the batch has no response of this id", Final: true)
                : new NoteProblem(AnswerProblems.FailedResponse, response.Error!, Final: true);
            return new NoteCandidates([], "batch", [problem]);
        }

        ParsedAnswer answer = AnswerParser.Parse(completion);
        string source = $"batch:{completion.Model ?? "llm"}";
        if (answer.Fault == AnswerFault.None)
            return new NoteCandidates(answer.Pairs, source, [.. AnswerProblems.Remarks(answer)]);
        if (answer.Fault != AnswerFault.Refused)
            AddFailed(new FailedPart(part, completion.Text, answer.Problem));
        return new NoteCandidates([], source, [AnswerProblems.Of(answer, final: true)]);
    }

    private void AddFailed(FailedPart failed)
    {
        lock (_failed)
            _failed.Add(failed);
    }
}
