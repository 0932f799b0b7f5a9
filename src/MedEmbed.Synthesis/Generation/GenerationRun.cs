using MedEmbed.Data.Outputs;
using MedEmbed.Data.Pairs;
using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Checks;
using MedEmbed.Synthesis.Endpoint;
using MedEmbed.Synthesis.Grounding;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Generation;

/// <summary>Notes to a folder of pairs: <c>pairs.jsonl</c>, <c>rejected.jsonl</c> with reasons, <c>report.json</c>.</summary>
/// <remarks>
/// The folder appears whole or not at all, and depends on notes, answers and options alone: not on how many requests run at once, nor on how often the run was broken off.
/// A run that was broken off is run again; a source that remembers its answers makes that quick.
/// </remarks>
public sealed class GenerationRun
{
    private readonly ICandidateSource _source;
    private readonly GenerationOptions _options;
    private readonly NoteSplitter _splitter;
    private readonly GenerationReport _report = new();
    private readonly PairChecks _checks;
    private int _failuresInARow;

    /// <summary>A run, for one use.</summary>
    public GenerationRun(ICandidateSource source, GenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        (_source, _options) = (source, options ?? new GenerationOptions());
        _splitter = new NoteSplitter(_options.MaxNoteCharacters);
        _checks = new PairChecks(_options.Checks);
    }

    /// <summary>Asks about all <paramref name="notes"/> and writes the folder at <paramref name="output"/>.</summary>
    /// <param name="notes">The notes.</param>
    /// <param name="output">The folder to be.</param>
    /// <param name="describe">Adds to <c>report.json</c> what the caller knows, such as the model; null adds nothing.</param>
    /// <param name="progress">Told after every part.</param>
    /// <param name="cancellationToken">Ends the run; no folder appears.</param>
    /// <exception cref="OutputExistsException">The folder is there, not empty, and not to be overwritten.</exception>
    /// <exception cref="EndpointException">No request can succeed, or several notes in a row failed.</exception>
    public async Task<GenerationReport> ExecuteAsync(
        IAsyncEnumerable<Note> notes, string output, Action<GenerationReport, IDictionary<string, object?>>? describe = null, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(notes);
        using AtomicFolder folder = AtomicFolder.Open(output, _options.Overwrite);
        using (var writer = new GenerationOutput(folder.Path, _options.RoundTripTop))
        {
            await foreach ((NotePart part, NoteCandidates candidates) in OrderedParallel.RunAsync(PartsAsync(notes, cancellationToken), _source.GenerateAsync, _options.Window, cancellationToken).ConfigureAwait(false))
            {
                Take(part, candidates, writer);
                progress?.Report(new GenerationProgress(_report.Parts, _report.Pairs, _report.Rejected.Values.Sum()));
            }

            await writer.CompleteAsync(_report, cancellationToken).ConfigureAwait(false);
        }

        Dictionary<string, object?> description = [];
        describe?.Invoke(_report, description);
        ReportFile.Write(Path.Combine(folder.Path, "report.json"), _report, description);
        folder.Complete();
        return _report;
    }

    private async IAsyncEnumerable<NotePart> PartsAsync(IAsyncEnumerable<Note> notes, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Note note in notes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            _report.Notes++;
            foreach (NotePart part in _options.KeepWhole?.Invoke(note) == true ? [new NotePart(note, 1, 1, note.Text)] : _splitter.Split(note))
                yield return part;
        }
    }

    private void Take(NotePart part, NoteCandidates candidates, GenerationOutput writer)
    {
        _report.Parts++;
        TakeProblems(part, candidates, writer);
        for (int i = 0; i < candidates.Pairs.Count; i++)
        {
            CandidatePair candidate = candidates.Pairs[i];
            _report.Candidates++;
            Rejection? rejection = _checks.Check(part, candidate, out GroundingResult? grounding);
            if (grounding is not null)
                GenerationReport.Count(_report.Grounding, SnakeCase.Of(grounding.Kind));
            string queryId = FormattableString.Invariant($"{PairId.Of(part.Id)}-q{i + 1}");
            if (rejection is not null)
            {
                GenerationReport.Count(_report.Rejected, SnakeCase.Of(rejection.Reason));
                writer.Reject(new RejectedPair(part.Note.Id, SnakeCase.Of(rejection.Reason), rejection.Detail, queryId, candidate.Query, candidate.QueryType, candidate.Information, candidate.Relevance, candidates.Source));
                continue;
            }

            _report.Pairs++;
            GenerationReport.Count(_report.ByType, candidate.QueryType);
            writer.Accept(new QueryPassagePair(queryId, candidate.Query, candidate.Information ?? part.Text)
            {
                QueryType = candidate.QueryType,
                NoteId = part.Note.Id,
                Relevance = candidate.Relevance,
                Source = candidates.Source,
            });
        }
    }

    private void TakeProblems(NotePart part, NoteCandidates candidates, GenerationOutput writer)
    {
        foreach (NoteProblem problem in candidates.Problems)
        {
            GenerationReport.Count(_report.Problems, problem.Reason);
            if (!problem.Final && problem.Reason != AnswerProblems.BadEntry)
                continue;
            writer.Reject(new RejectedPair(part.Note.Id, problem.Reason, problem.Detail, Source: candidates.Source));
            if (problem.Final)
                _report.PartsWithoutAnswer++;
        }

        NoteProblem? failure = candidates.Problems.FirstOrDefault(static problem => problem is { Reason: AnswerProblems.Endpoint, Final: true });
        _failuresInARow = failure is null ? 0 : _failuresInARow + 1;
        if (_failuresInARow >= _options.MaxFailuresInARow)
            throw new EndpointException(EndpointFailure.ServerError, FormattableString.Invariant($"{_failuresInARow} notes in a row failed at the endpoint; the last: {failure!.Detail} What was answered is kept; the same command goes on from there."));
    }
}
