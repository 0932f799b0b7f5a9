using MedEmbed.Data.Pairs;
using MedEmbed.Data.Records;
using MedEmbed.Synthesis.Generation;

namespace MedEmbed.Synthesis.Lexical;

/// <summary>The files of a run as they grow.</summary>
internal sealed class LexicalOutput(string folder) : IDisposable
{
    private readonly RecordWriter<QueryPassagePair> _pairs = PairFile.OpenWriter(Path.Combine(folder, "pairs.jsonl"), new RecordWriterOptions { SaveEvery = Timeout.InfiniteTimeSpan });
    private readonly FileStream _rejected = new(Path.Combine(folder, "rejected.jsonl"), FileMode.Create, FileAccess.Write, FileShare.Read);

    public void Accept(QueryPassagePair pair) => _pairs.Write(pair);

    public void Reject(RejectedPair rejected) => _rejected.Write(rejected.ToLine());

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _pairs.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await _rejected.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _pairs.Dispose();
        _rejected.Dispose();
    }
}
