using MedEmbed.Data.Pairs;
using MedEmbed.Data.Records;
using MedEmbed.Synthesis.Checks;

namespace MedEmbed.Synthesis.Generation;

/// <summary>The files of a run as they grow. With a round trip, pairs wait in a file of their own until all responses are known.</summary>
internal sealed class GenerationOutput : IDisposable
{
    private readonly string _folder;
    private readonly RecordWriter<QueryPassagePair> _pairs;
    private readonly FileStream _rejected;
    private readonly int? _roundTripTop;
    private readonly RoundTripIndex? _responses;

    public GenerationOutput(string folder, int? roundTripTop)
    {
        (_folder, _roundTripTop) = (folder, roundTripTop);
        _responses = roundTripTop is null ? null : new RoundTripIndex();
        _pairs = PairFile.OpenWriter(roundTripTop is null ? PairsPath : CandidatesPath, new RecordWriterOptions { SaveEvery = Timeout.InfiniteTimeSpan });
        _rejected = new FileStream(Path.Combine(folder, "rejected.jsonl"), FileMode.Create, FileAccess.Write, FileShare.Read);
    }

    private string PairsPath => Path.Combine(_folder, "pairs.jsonl");

    private string CandidatesPath => Path.Combine(_folder, "candidates.jsonl");

    public void Accept(QueryPassagePair pair)
    {
        _pairs.Write(pair);
        _responses?.Add(pair.Positive);
    }

    public void Reject(RejectedPair rejected) => _rejected.Write(rejected.ToLine());

    /// <summary>Ends the files; the round trip takes its rejections off the report's pairs.</summary>
    public async Task CompleteAsync(GenerationReport report, CancellationToken cancellationToken)
    {
        await _pairs.CompleteAsync(cancellationToken).ConfigureAwait(false);
        if (_responses is not null)
            await FilterAsync(report, _responses, _roundTripTop!.Value, cancellationToken).ConfigureAwait(false);
        await _rejected.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _pairs.Dispose();
        _rejected.Dispose();
        _responses?.Dispose();
    }

    private async Task FilterAsync(GenerationReport report, RoundTripIndex responses, int top, CancellationToken cancellationToken)
    {
        using RecordWriter<QueryPassagePair> kept = PairFile.OpenWriter(PairsPath, new RecordWriterOptions { SaveEvery = Timeout.InfiniteTimeSpan });
        responses.Build();
        await foreach (QueryPassagePair pair in PairFile.Read(CandidatesPath).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (responses.Finds(pair, top))
            {
                kept.Write(pair);
                continue;
            }

            report.Pairs--;
            report.ByType[pair.QueryType!]--;
            GenerationReport.Count(report.Rejected, SnakeCase.Of(RejectionReason.RoundTrip));
            Reject(new RejectedPair(
                pair.NoteId!, SnakeCase.Of(RejectionReason.RoundTrip), FormattableString.Invariant($"the response is not among the first {top} of BM25"),
                pair.QueryId, pair.Query, pair.QueryType, pair.Positive, pair.Relevance, pair.Source));
        }

        await kept.CompleteAsync(cancellationToken).ConfigureAwait(false);
        File.Delete(CandidatesPath);
    }
}
