using System.Globalization;
using MedEmbed.Retrieval.Flat;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.CrashHost;

/// <summary>Writes whose every committed state can be recognised: commit n adds ten documents of round n, replaces one and removes one.</summary>
public static class CrashScript
{
    public const int Dimensions = 32;
    public const int RoundSize = 10;

    public static FlatIndexOptions Options { get; } = new()
    {
        Model = new IndexModel { Name = "crash", Hash = "c0", Dimensions = Dimensions, Similarity = Similarity.Cosine },
        SegmentRows = 200,
    };

    public static void Add(string folder, int rounds)
    {
        using FlatIndexWriter writer = FlatIndexWriter.Open(folder);
        int first = RoundOf(writer.Documents);
        for (int round = first; round < first + rounds; round++)
        {
            for (int i = 0; i < RoundSize; i++)
                writer.Add(Document(round, i, "new"), Vector(round, i));
            writer.Replace(Document(round, 0, "replaced"), Vector(round, 0));
            writer.Remove(Id(round, RoundSize - 1));
            if (round > 0)
                writer.Replace(Document(round - 1, 1, "replaced later"), Vector(round - 1, 1));
            writer.Commit();
            Console.WriteLine(round);
        }
    }

    /// <summary>Rounds that an index of so many documents has seen whole.</summary>
    public static int RoundOf(long documents) => (int)(documents / (RoundSize - 1));

    public static void Build(string folder, int documents)
    {
        using FlatIndexBuilder builder = FlatIndexBuilder.Start(folder, Options, "crash-build");
        Console.WriteLine(builder.ResumedDocuments);
        for (int i = (int)builder.ResumedDocuments; i < documents; i++)
        {
            builder.Add(Document(0, i, "built"), Vector(0, i));
            if (i % 50 == 0)
                Console.WriteLine(i);
        }

        builder.Complete();
        Console.WriteLine("complete");
    }

    public static void HoldWriter(string folder, TimeSpan time)
    {
        using FlatIndexWriter writer = FlatIndexWriter.Open(folder);
        Console.WriteLine("held");
        Thread.Sleep(time);
    }

    public static string Id(int round, int i) => string.Create(CultureInfo.InvariantCulture, $"{round}/{i}");

    public static float[] Vector(int round, int i)
    {
        Random random = new(round * 1000 + i);
        return Array.ConvertAll(new float[Dimensions], _ => random.NextSingle() - 0.5f);
    }

    private static IndexedDocument Document(int round, int i, string text) => new(Id(round, i), "title", text);
}
