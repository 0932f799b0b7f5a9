using System.Runtime.InteropServices;
using System.Text;
using MedEmbed.Data.Outputs;
using Parquet;
using Parquet.Schema;

namespace MedEmbed.Data.Vectors;

/// <summary>Parquet with the columns <c>_id</c> and <c>embedding</c>, made at the end from rows spooled as id length, id, vector.</summary>
internal sealed class ParquetVectorForm(VectorElement element) : IVectorForm
{
    /// <summary>Rows a row group has at most.</summary>
    public const int MaxGroupRows = 10_000;

    public bool CanStream => false;

    public void Begin(Stream output)
    {
    }

    public void Append(Stream output, string id, ReadOnlySpan<byte> vector)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(id);
        int length = bytes.Length;
        output.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in length)));
        output.Write(bytes);
        output.Write(vector);
    }

    public Task CompleteAsync(ResumableOutput output, long rows, int vectorBytes, CancellationToken cancellationToken) =>
        output.CompleteAsync(
            (spool, parquet, token) => element switch
            {
                VectorElement.Float32 => ConvertAsync<float>(spool, parquet, rows, vectorBytes, token),
                VectorElement.Int8 => ConvertAsync<sbyte>(spool, parquet, rows, vectorBytes, token),
                _ => ConvertAsync<byte>(spool, parquet, rows, vectorBytes, token),
            },
            cancellationToken);

    private static async Task ConvertAsync<T>(Stream spool, Stream parquet, long rows, int vectorBytes, CancellationToken cancellationToken)
        where T : unmanaged
    {
        DataField<string> idField = new("_id", nullable: false);
        ListField listField = new("embedding", new DataField<T>("element", nullable: false));
        ParquetSchema schema = new(idField, listField);
        ParquetOptions options = new() { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = System.IO.Compression.CompressionLevel.Fastest };
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, parquet, options, cancellationToken: cancellationToken).ConfigureAwait(false);
        BufferedStream buffered = new(spool, 1 << 16);
        int dimensions = vectorBytes / Marshal.SizeOf<T>();
        for (long done = 0; done < rows; done += MaxGroupRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = (int)Math.Min(MaxGroupRows, rows - done);
            string[] ids = new string[count];
            T[] values = new T[count * dimensions];
            int[] repetition = new int[values.Length];
            for (int row = 0; row < count; row++)
            {
                ids[row] = ReadRow(buffered, MemoryMarshal.AsBytes(values.AsSpan(row * dimensions, dimensions)));
                // Repetition level 0 begins a row's list, 1 goes on with it.
                repetition.AsSpan((row * dimensions) + 1, dimensions - 1).Fill(1);
            }

            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync(schema.DataFields[0], ids).ConfigureAwait(false);
            // The highest definition level says that list and element are there, as they always are.
            int[] definition = new int[values.Length];
            definition.AsSpan().Fill(schema.DataFields[1].MaxDefinitionLevel);
            await group.WriteAllPartsAsync<T>(schema.DataFields[1], values, definition, repetition, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string ReadRow(Stream spool, Span<byte> vector)
    {
        int length = 0;
        spool.ReadExactly(MemoryMarshal.AsBytes(new Span<int>(ref length)));
        byte[] id = new byte[length];
        spool.ReadExactly(id);
        spool.ReadExactly(vector);
        return Encoding.UTF8.GetString(id);
    }
}
