using System.Globalization;
using MedEmbed.Data.Vectors;

namespace MedEmbed.Data.InterruptedWriter;

/// <summary>Writes a file of vectors that follow from their row numbers, for a test that kills this process on the way: FILE ROWS DIMENSIONS SAVE-EVERY-MS.</summary>
internal static class Program
{
    private static async Task Main(string[] arguments)
    {
        long rows = long.Parse(arguments[1], CultureInfo.InvariantCulture);
        int dimensions = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        TimeSpan saveEvery = TimeSpan.FromMilliseconds(int.Parse(arguments[3], CultureInfo.InvariantCulture));
        using VectorWriter writer = VectorWriter.Open(arguments[0], new VectorWriterOptions { Fingerprint = "rows", SaveEvery = saveEvery });
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
}
