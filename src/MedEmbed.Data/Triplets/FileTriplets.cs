using MedEmbed.Data.Reading;
using MedEmbed.Data.Records;

namespace MedEmbed.Data.Triplets;

/// <summary>A file of triplets.</summary>
internal sealed class FileTriplets(string path, ReadOptions options) : ITripletForm
{
    private readonly RecordReader<Triplet> _reader = TripletFile.Read(path, options);

    public string File => path;

    public long LinesRead => _reader.LinesRead;

    public BadLines BadLines => _reader.BadLines;

    public BadLines Omitted { get; } = new();

    public IAsyncEnumerable<Triplet> ReadAsync(CancellationToken cancellationToken) => _reader.ReadAsync(cancellationToken);
}
