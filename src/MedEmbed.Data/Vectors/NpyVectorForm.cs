using MedEmbed.Data.Outputs;

namespace MedEmbed.Data.Vectors;

/// <summary>NumPy's array: a header of fixed size, then the rows. The header takes the number of rows at the end.</summary>
internal sealed class NpyVectorForm(VectorElement element) : IVectorForm
{
    public bool CanStream => false;

    public void Begin(Stream output) => output.Write(new NpyHeader(element, 0, 0).ToBytes());

    public void Append(Stream output, string id, ReadOnlySpan<byte> vector) => output.Write(vector);

    public Task CompleteAsync(ResumableOutput output, long rows, int vectorBytes, CancellationToken cancellationToken)
    {
        NpyHeader header = new(element, rows, 0);
        output.Stream.Position = 0;
        output.Stream.Write((header with { Columns = vectorBytes / header.ElementBytes }).ToBytes());
        output.Complete();
        return Task.CompletedTask;
    }
}
