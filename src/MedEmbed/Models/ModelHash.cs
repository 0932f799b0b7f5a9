using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MedEmbed.Models;

/// <summary>Identifies a model by what it computes, wherever its folder lies.</summary>
internal static class ModelHash
{
    private static readonly string[] TokenizerFiles = ["tokenizer.json", "vocab.txt", "tokenizer_config.json", "special_tokens_map.json"];

    /// <summary>SHA-256 in lower-case hex over names, lengths and bytes of the deciding files, and over the settings read from the others.</summary>
    public static string Of(ModelFolder model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Text(hash, "medembed model 2");
        Text(hash, ConfigText(model.Config));
        Text(hash, string.Join(',', model.Pooling.Modes) + model.Pooling.IncludePrompt);
        Text(hash, string.Join(',', model.Modules.Select(ModuleText)));
        foreach ((string name, string prompt) in model.Prompts.ByName.OrderBy(prompt => prompt.Key, StringComparer.Ordinal))
        {
            Text(hash, name);
            Text(hash, prompt);
        }

        Text(hash, model.Prompts.DefaultName is { } defaultName ? "default " + defaultName : "no default");
        Text(hash, FormattableString.Invariant($"{model.Similarity} {model.MaxLength} {model.LowerCaseFirst}"));
        foreach (string name in TokenizerFiles)
            FileIfThere(hash, Path.Combine(model.TransformerFolder, name));
        foreach (string path in WeightFiles(model))
            FileIfThere(hash, path);
        foreach (DenseModule dense in model.Modules.OfType<DenseModule>())
            FileIfThere(hash, dense.WeightsPath);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>An exported graph may keep its weights in a file beside it, which exporters name in one of two ways.</summary>
    private static string[] WeightFiles(ModelFolder model) => model.OnnxFile is { } graph && !File.Exists(model.WeightsFile)
        ? [graph, graph + "_data", graph + ".data"]
        : [model.WeightsFile];

    private static string ModuleText(ModelModule module) => module is DenseModule dense
        ? FormattableString.Invariant($"{dense.InputSize}>{dense.OutputSize} {dense.HasBias} {dense.Activation}")
        : module.GetType().Name;

    private static string ConfigText(BertConfig config) => FormattableString.Invariant(
        $"{config.VocabularySize} {config.HiddenSize} {config.Layers} {config.Heads} {config.IntermediateSize} {config.MaxPositions} {config.TokenTypes} {config.Activation} {config.LayerNormEpsilon:R}");

    private static void FileIfThere(IncrementalHash hash, string path)
    {
        if (!File.Exists(path))
            return;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        Text(hash, FormattableString.Invariant($"{Path.GetFileName(path)} {stream.Length}"));
        byte[] buffer = new byte[1 << 18];
        for (int read; (read = stream.Read(buffer)) > 0;)
            hash.AppendData(buffer, 0, read);
    }

    private static void Text(IncrementalHash hash, string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
