using System.Text.Json;
using System.Text.Json.Nodes;
using MedEmbed.Models;
using MedEmbed.Safetensors;

namespace MedEmbed.Training.Output;

/// <summary>Copies what training does not change: configuration, tokenizer, licence.</summary>
internal static class FolderFiles
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] TokenizerFiles = ["tokenizer.json", "vocab.txt", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"];

    private static readonly string[] LicenceFiles = ["LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE"];

    public static void Copy(ModelFolder basis, string folder, TensorType weights)
    {
        foreach (string name in TokenizerFiles)
            CopyIfThere(basis.TransformerFolder, folder, name);
        foreach (string name in LicenceFiles)
            CopyIfThere(basis.Path, folder, name);
        WriteConfig(Path.Combine(basis.TransformerFolder, "config.json"), Path.Combine(folder, "config.json"), weights);
    }

    private static void CopyIfThere(string from, string to, string name)
    {
        string source = Path.Combine(from, name);
        if (File.Exists(source))
        {
            // Not File.Copy, which would also copy that a file may not be written.
            using FileStream input = File.OpenRead(source), output = File.Create(Path.Combine(to, name));
            input.CopyTo(output);
        }
    }

    /// <summary>Current versions of transformers compute in the type that the configuration names, whatever the weights are stored in.</summary>
    private static void WriteConfig(string source, string destination, TensorType weights)
    {
        JsonObject config = JsonNode.Parse(File.ReadAllBytes(source))!.AsObject();
        string type = weights switch
        {
            TensorType.F16 => "float16",
            TensorType.BF16 => "bfloat16",
            _ => "float32",
        };
        config[config.ContainsKey("dtype") ? "dtype" : "torch_dtype"] = type;
        File.WriteAllText(destination, config.ToJsonString(Indented) + "\n");
    }
}
