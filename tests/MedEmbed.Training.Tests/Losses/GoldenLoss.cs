using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MedEmbed.Safetensors;
using MedEmbed.Training.Losses;
using MedEmbed.Vectors;

namespace MedEmbed.Training.Tests.Losses;

/// <summary>A loss of PyTorch's on the golden batch, with every parameter as its file gives it.</summary>
internal sealed partial record GoldenLoss(string Name, JsonElement Json)
{
    public double Value => Json.GetProperty("loss").GetDouble();

    /// <summary>Columns of the batch that take part, queries and positives among them.</summary>
    public int Columns => Json.GetProperty("columns").GetInt32();

    public string? Model => Text("model");

    public string? Guide => Text("guide");

    /// <summary>Rows of a mini-batch where the loss is cached, otherwise null.</summary>
    public int? MiniBatch =>
        Text("formula") is { } formula && MiniBatches().Match(formula) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    public static IReadOnlyList<GoldenLoss> ReadAll()
    {
        var json = JsonDocument.Parse(File.ReadAllText(SharedFiles.Require($"{GoldenBatch.Folder}/losses.json")));
        return [.. json.RootElement.EnumerateArray().Select(loss => new GoldenLoss(loss.GetProperty("name").GetString()!, loss))];
    }

    public static GoldenLoss Read(string name) => ReadAll().Single(loss => loss.Name == name);

    public Dictionary<string, float[]> Gradients()
    {
        using var file = SafetensorsFile.Open(SharedFiles.Require($"{GoldenBatch.Folder}/{Name}.gradients.safetensors"));
        return file.Tensors.Keys.ToDictionary(name => name, file.Read);
    }

    public ITrainingLoss Loss() => Name switch
    {
        "triplet-cosine" => new TripletLoss(new TripletOptions { Similarity = Similarity.Cosine, Margin = Number("margin") }),
        "triplet-euclidean" => new TripletLoss(new TripletOptions { Similarity = Similarity.Euclidean, Margin = Number("margin") }),
        "margin-mse" => new MarginMseLoss(),
        _ when Name.StartsWith("infonce-", StringComparison.Ordinal) => InfoNce(),
        _ when Name.StartsWith("gist-", StringComparison.Ordinal) => Gist(),
        _ when Name.StartsWith("distill-kl", StringComparison.Ordinal) => new KlDistillationLoss(
            new DistillationOptions { StudentTemperature = Number("student_temperature", 1), TeacherTemperature = Number("teacher_temperature", 1) }),
        "matryoshka-infonce" => new MatryoshkaLoss(InfoNce(), new MatryoshkaOptions(
            [.. Json.GetProperty("dims").EnumerateArray().Select(dimension => dimension.GetInt32())],
            [.. Json.GetProperty("weights").EnumerateArray().Select(weight => weight.GetDouble())])),
        _ => throw new NotSupportedException($"No loss of MedEmbed's is known to be {Name}."),
    };

    private InfoNceLoss InfoNce() => new(new InfoNceOptions
    {
        Temperature = Number("temperature", 0.02),
        Similarity = Text("similarity") == "dot" ? Similarity.Dot : Similarity.Cosine,
        Direction = Name.Contains("symmetric", StringComparison.Ordinal) ? ContrastDirection.Symmetric
            : Name.Contains("bidirectional", StringComparison.Ordinal) ? ContrastDirection.JointBidirectional
            : ContrastDirection.QueriesToDocuments,
    });

    private GistLoss Gist() => new(new GistOptions
    {
        Temperature = Number("temperature"),
        Margin = Number("margin"),
        MarginKind = Name.Contains("relative", StringComparison.Ordinal) ? GistMargin.Relative : GistMargin.Absolute,
        Candidates = Name.Contains("queries-to-documents", StringComparison.Ordinal) ? GistCandidates.QueriesToDocuments : GistCandidates.All,
    });

    private double Number(string key) => Json.GetProperty(key).GetDouble();

    private double Number(string key, double absent) => Json.TryGetProperty(key, out JsonElement value) ? value.GetDouble() : absent;

    private string? Text(string key) => Json.TryGetProperty(key, out JsonElement value) ? value.GetString() : null;

    [GeneratedRegex("mini-batches of ([0-9]+)")]
    private static partial Regex MiniBatches();
}
