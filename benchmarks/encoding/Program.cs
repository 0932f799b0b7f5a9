using System.Diagnostics;
using System.Numerics.Tensors;
using MedEmbed.Benchmarks.Encoding;
using MedEmbed.Data.Texts;
using MedEmbed.Encoding;
using MedEmbed.Graph;
using MedEmbed.Models;

var options = BenchmarkOptions.Parse(args);
string modelFolder = Path.Combine(options.Repository, "models", "bge-small-en-v1.5");
List<string> texts = await new DocumentReader(options.Corpus).ReadAsync().Select(document => document.TitleAndText).Take(options.Documents ?? int.MaxValue).ToListAsync();
using TextEncoder encoder = TextEncoder.Open(modelFolder, new TextEncoderOptions { Threads = options.Threads });
string peerModel = PreparePeerModel(modelFolder);
try
{
    using var peer = new PeerProcess(options.Folder, peerModel, options.Threads);
    Contender[] contenders =
    [
        new("MedEmbed", EncodeOursAsync),
        new("transformers.js, batch 1", part => peer.EncodeAsync(part, 1)),
        new("transformers.js, batch 8", part => peer.EncodeAsync(part, 8)),
        new("transformers.js, batch 32", part => peer.EncodeAsync(part, 32)),
        new("transformers.js, batch 8, sorted by length", part => peer.EncodeAsync([.. part.OrderBy(text => text.Length)], 8)),
    ];
    await WarmUpAsync(contenders);
    await MeasureAsync(contenders);
    long tokens = texts.Sum(text => (long)Math.Min(encoder.Tokenizer.Encode(text).Length, encoder.MaxLength));
    new Report(options, contenders, texts.Count, tokens).Write();
}
finally
{
    Directory.Delete(Path.GetDirectoryName(peerModel)!, recursive: true);
}

async Task<(double Seconds, float[][] First)> EncodeOursAsync(IReadOnlyList<string> part)
{
    long start = Stopwatch.GetTimestamp();
    Encoded encoded = await encoder.EncodeAsync(part, EncodeOptions.Document);
    return (Stopwatch.GetElapsedTime(start).TotalSeconds, [.. Enumerable.Range(0, Math.Min(4, part.Count)).Select(row => encoded.Vectors[row].ToArray())]);
}

async Task WarmUpAsync(Contender[] contenders)
{
    foreach (Contender contender in contenders)
    {
        float[][] first = await contender.RunAsync([.. texts.Take(16)]);
        contender.Seconds.Clear();
        if (contender.Name.EndsWith("sorted by length", StringComparison.Ordinal))
            continue;
        Encoded ours = await encoder.EncodeAsync([.. texts.Take(4)], EncodeOptions.Document);
        for (int row = 0; row < 4; row++)
        {
            if (TensorPrimitives.CosineSimilarity<float>(first[row], ours.Vectors[row]) < 0.99999f)
                throw new InvalidOperationException($"{contender.Name} gives another vector for document {row}; the comparison would mean nothing.");
        }
    }
}

async Task MeasureAsync(Contender[] contenders)
{
    int size = (texts.Count + options.Parts - 1) / options.Parts;
    for (int part = 0; part < options.Parts; part++)
    {
        List<string> members = texts.GetRange(Math.Min(part * size, texts.Count), Math.Min(size, Math.Max(0, texts.Count - (part * size))));

        // Another one begins each time, so that drift falls on all alike.
        for (int i = 0; i < contenders.Length; i++)
            await contenders[(i + part) % contenders.Length].RunAsync(members);
        Console.Error.WriteLine($"part {part + 1}/{options.Parts}: {string.Join(", ", contenders.Select(contender => FormattableString.Invariant($"{contender.Name} {contender.Seconds[^1]:F1} s")))}");
    }
}

static string PreparePeerModel(string modelFolder)
{
    string folder = Path.Combine(Directory.CreateTempSubdirectory("medembed-peer-").FullName, "model");
    Directory.CreateDirectory(Path.Combine(folder, "onnx"));
    foreach (string file in Directory.EnumerateFiles(modelFolder, "*.json"))
        File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    OnnxExport.WritePortable(ModelFolder.Open(modelFolder), Path.Combine(folder, "onnx"));
    return folder;
}
