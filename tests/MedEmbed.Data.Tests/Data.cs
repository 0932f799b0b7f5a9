using System.IO.Compression;
using System.Text;
using MedEmbed.Data.Texts;
using ZstdSharp;

namespace MedEmbed.Data.Tests;

/// <summary>Small inputs, and what a reader makes of them.</summary>
internal static class Data
{
    public static string Write(this TemporaryFolder folder, string name, string content) => folder.Write(name, Encoding.UTF8.GetBytes(content));

    public static string Write(this TemporaryFolder folder, string name, byte[] content)
    {
        string path = folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        using Stream stream = Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".gz" => new GZipStream(file, CompressionLevel.Fastest),
            ".zst" => new CompressionStream(file, leaveOpen: false),
            _ => file,
        };
        stream.Write(content);
        return path;
    }

    public static async Task<List<Document>> ReadAllAsync(this DocumentReader reader)
    {
        List<Document> documents = [];
        await foreach (Document document in reader.ReadAsync(TestContext.Current.CancellationToken))
            documents.Add(document);
        return documents;
    }

    public static Task<List<Document>> ReadDocumentsAsync(byte[] content, DocumentReadOptions? options = null, string name = "test.jsonl") =>
        new DocumentReader(new MemoryStream(content), name, options).ReadAllAsync();

    public static Task<List<Document>> ReadDocumentsAsync(string content, DocumentReadOptions? options = null) =>
        ReadDocumentsAsync(Encoding.UTF8.GetBytes(content), options);
}
