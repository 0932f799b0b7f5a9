using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedEmbed.Data.Outputs;

/// <summary>What is safe of an unfinished output; lies beside it as <c>F.partial.json</c>.</summary>
/// <param name="Format">Version of the manifest.</param>
/// <param name="Fingerprint">What the output is made from.</param>
/// <param name="Records">Records that are wholly in the safe bytes.</param>
/// <param name="Bytes">Bytes of the partial file that are on disk for certain.</param>
/// <param name="State">What the format needs besides to go on.</param>
internal sealed record OutputManifest(int Format, string Fingerprint, long Records, long Bytes, string? State)
{
    public const int CurrentFormat = 1;

    /// <summary>The manifest at <paramref name="path"/>; null where there is none or it cannot be understood.</summary>
    public static OutputManifest? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            OutputManifest? manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), OutputManifestJson.Default.OutputManifest);
            return manifest is { Format: CurrentFormat, Records: >= 0, Bytes: >= 0, Fingerprint: not null } ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the manifest at <paramref name="path"/> in one step.</summary>
    public void Write(string path)
    {
        string next = NextOf(path);
        using (FileStream file = new(next, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(this, OutputManifestJson.Default.OutputManifest));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>Removes the manifest at <paramref name="path"/>, and one that a kill has kept from replacing it.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(NextOf(path));
    }

    private static string NextOf(string path) => path + ".next";
}

/// <summary>The manifest's JSON form.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OutputManifest))]
internal sealed partial class OutputManifestJson : JsonSerializerContext;
