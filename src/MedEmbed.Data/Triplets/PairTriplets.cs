using System.Runtime.CompilerServices;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Records;

namespace MedEmbed.Data.Triplets;

/// <summary>A file of pairs as triplets without negatives.</summary>
internal sealed class PairTriplets(string path, ReadOptions options) : ITripletForm
{
    private readonly RecordReader<QueryPassagePair> _reader = PairFile.Read(path, options);

    public string File => path;

    public long LinesRead => _reader.LinesRead;

    public BadLines BadLines => _reader.BadLines;

    public BadLines Omitted { get; } = new();

    public async IAsyncEnumerable<Triplet> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (QueryPassagePair pair in _reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return new Triplet(pair.Query, [pair.Positive], []) { QueryId = pair.QueryId, QueryType = pair.QueryType, Group = pair.NoteId, Source = pair.Source };
    }
}
