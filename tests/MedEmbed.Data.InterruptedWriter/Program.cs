using System.Globalization;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Records;
using MedEmbed.Data.Vectors;

namespace MedEmbed.Data.InterruptedWriter;

/// <summary>Writes a file of vectors or pairs that follow from their row numbers, for a test that kills this process on the way: vectors|pairs FILE ROWS SIZE SAVE-EVERY-MS.</summary>
internal static class Program
{
    private static Task Main(string[] arguments)
    {
        long rows = long.Parse(arguments[2], CultureInfo.InvariantCulture);
        int size = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        TimeSpan saveEvery = TimeSpan.FromMilliseconds(int.Parse(arguments[4], CultureInfo.InvariantCulture));
        return arguments[0] == "pairs" ? WritePairsAsync(arguments[1], rows, size, saveEvery) : WriteVectorsAsync(arguments[1], rows, size, saveEvery);
    }

    private static async Task WriteVectorsAsync(string path, long rows, int dimensions, TimeSpan saveEvery)
    {
        using VectorWriter writer = VectorWriter.Open(path, new VectorWriterOptions { Fingerprint = "rows", SaveEvery = saveEvery });
        Console.Error.WriteLine($"{writer.Start} at {writer.Rows}");
        long first = writer.Rows;
        float[] vector = new float[dimensions];
        while (writer.Rows < rows)
        {
            long row = writer.Rows;
            for (int i = 0; i < dimensions; i++)
                vector[i] = MathF.Sin((row * dimensions) + i);
            writer.Write($"id-{row}", vector);
            if (row == first)
                Console.Error.WriteLine("wrote");
        }

        await writer.CompleteAsync();
    }

    private static async Task WritePairsAsync(string path, long rows, int words, TimeSpan saveEvery)
    {
        using RecordWriter<QueryPassagePair> writer = PairFile.OpenWriter(path, new RecordWriterOptions { Fingerprint = "rows", SaveEvery = saveEvery });
        Console.Error.WriteLine($"{writer.Start} at {writer.Records}");
        long first = writer.Records;
        while (writer.Records < rows)
        {
            long row = writer.Records;
            writer.Write(new QueryPassagePair($"{row}", $"query é {row}", string.Join(' ', Enumerable.Range(0, words).Select(i => (row * words) + i))) { Relevance = 1.0 / (row + 1) });
            if (row == first)
                Console.Error.WriteLine("wrote");
        }

        await writer.CompleteAsync();
    }
}
