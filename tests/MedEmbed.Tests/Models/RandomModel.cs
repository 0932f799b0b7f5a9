using System.Text.Json.Nodes;
using MedEmbed.Safetensors;

namespace MedEmbed.Tests.Models;

/// <summary>A random BERT of any size, written as a folder in sentence-transformers layout; a test may change the files afterwards.</summary>
internal sealed record RandomModel
{
    /// <summary>Special tokens, two words, and every printable ASCII character alone and as a continuation.</summary>
    public static IReadOnlyList<string> Vocabulary { get; } =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "heart", "failure",
        .. Enumerable.Range('!', '~' - '!' + 1).SelectMany(code => (string[])[$"{(char)code}", $"##{(char)code}"]),
    ];

    public int Seed { get; init; } = 1;

    public int Hidden { get; init; } = 12;

    public int Layers { get; init; } = 2;

    public int Heads { get; init; } = 3;

    public int Intermediate { get; init; } = 20;

    public int Positions { get; init; } = 48;

    public string Activation { get; init; } = "gelu";

    public TensorType Type { get; init; } = TensorType.F32;

    /// <summary>Standard deviation of the weights; small networks need large ones to tell texts apart.</summary>
    public double Scale { get; init; } = 0.3;

    public string Prefix { get; init; } = "";

    public bool LowerCase { get; init; } = true;

    /// <summary>Modes in the newer configuration's names.</summary>
    public IReadOnlyList<string> Pooling { get; init; } = ["mean"];

    public bool IncludePrompt { get; init; } = true;

    /// <summary>A Dense module's outputs, null for none.</summary>
    public int? DenseOutputs { get; init; }

    public bool DenseBias { get; init; } = true;

    public string DenseActivation { get; init; } = "Tanh";

    public bool Normalize { get; init; } = true;

    public IReadOnlyDictionary<string, string> Prompts { get; init; } = new Dictionary<string, string>();

    public string? DefaultPrompt { get; init; }

    /// <summary>Writes the folder.</summary>
    public void Write(string folder)
    {
        WriteConfiguration(folder);
        var random = new Random(Seed);
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), [.. BertShapes().Select(shape => RandomTensor(random, Prefix + shape.Name, shape.Sizes))]);
        if (DenseOutputs is not { } outputs)
            return;
        List<TensorData> dense = [RandomTensor(random, "linear.weight", [outputs, Pooling.Count * Hidden])];
        if (DenseBias)
            dense.Add(RandomTensor(random, "linear.bias", [outputs]));
        SafetensorsWriter.Write(Path.Combine(folder, "2_Dense", "model.safetensors"), dense);
    }

    /// <summary>The weights as they stand in the files, by name without prefix (<c>dense.linear.…</c> for the Dense module's).</summary>
    public IReadOnlyDictionary<string, float[]> ReadWeights(string folder)
    {
        Dictionary<string, float[]> weights = ReadBack(Path.Combine(folder, "model.safetensors"), Prefix, "");
        if (DenseOutputs is not null)
        {
            foreach ((string name, float[] values) in ReadBack(Path.Combine(folder, "2_Dense", "model.safetensors"), "", "dense."))
                weights.Add(name, values);
        }

        return weights;
    }

    private static Dictionary<string, float[]> ReadBack(string path, string prefix, string newPrefix)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Tensors.Keys.ToDictionary(name => newPrefix + name[prefix.Length..], file.Read, StringComparer.Ordinal);
    }

    private void WriteConfiguration(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "1_Pooling"));
        WriteJson(folder, "config.json", new JsonObject
        {
            ["model_type"] = "bert",
            ["vocab_size"] = Vocabulary.Count,
            ["hidden_size"] = Hidden,
            ["num_hidden_layers"] = Layers,
            ["num_attention_heads"] = Heads,
            ["intermediate_size"] = Intermediate,
            ["max_position_embeddings"] = Positions,
            ["type_vocab_size"] = 2,
            ["hidden_act"] = Activation,
            ["layer_norm_eps"] = 1e-12,
        });
        File.WriteAllText(Path.Combine(folder, "vocab.txt"), string.Join('\n', Vocabulary) + "\n");
        WriteJson(folder, "tokenizer_config.json", new JsonObject { ["tokenizer_class"] = "BertTokenizer", ["do_lower_case"] = LowerCase });
        WriteJson(folder, "1_Pooling/config.json", new JsonObject
        {
            ["embedding_dimension"] = Hidden,
            ["pooling_mode"] = Pooling is [var single] ? single : new JsonArray([.. Pooling.Select(mode => (JsonNode)mode)]),
            ["include_prompt"] = IncludePrompt,
        });
        WriteJson(folder, "config_sentence_transformers.json", new JsonObject
        {
            ["prompts"] = new JsonObject(Prompts.Select(prompt => KeyValuePair.Create(prompt.Key, (JsonNode?)prompt.Value))),
            ["default_prompt_name"] = DefaultPrompt,
            ["similarity_fn_name"] = "cosine",
        });
        List<(string Kind, string Path)> modules = [("Transformer", ""), ("Pooling", "1_Pooling")];
        if (DenseOutputs is { } outputs)
        {
            modules.Add(("Dense", "2_Dense"));
            Directory.CreateDirectory(Path.Combine(folder, "2_Dense"));
            WriteJson(folder, "2_Dense/config.json", new JsonObject
            {
                ["in_features"] = Pooling.Count * Hidden,
                ["out_features"] = outputs,
                ["bias"] = DenseBias,
                ["activation_function"] = $"torch.nn.modules.activation.{DenseActivation}",
            });
        }

        if (Normalize)
            modules.Add(("Normalize", $"{modules.Count}_Normalize"));
        WriteModules(folder, modules);
    }

    public static void WriteModules(string folder, IReadOnlyList<(string Kind, string Path)> modules) =>
        WriteJson(folder, "modules.json", new JsonArray([.. modules.Select((module, i) => (JsonNode)new JsonObject
        {
            ["idx"] = i,
            ["name"] = $"{i}",
            ["path"] = module.Path,
            ["type"] = $"sentence_transformers.models.{module.Kind}",
        })]));

    public static void WriteJson(string folder, string file, JsonNode json) =>
        File.WriteAllText(Path.Combine(folder, file), json.ToJsonString());

    private IEnumerable<(string Name, long[] Sizes)> BertShapes()
    {
        yield return ("embeddings.word_embeddings.weight", [Vocabulary.Count, Hidden]);
        yield return ("embeddings.position_embeddings.weight", [Positions, Hidden]);
        yield return ("embeddings.token_type_embeddings.weight", [2, Hidden]);
        yield return ("embeddings.LayerNorm.weight", [Hidden]);
        yield return ("embeddings.LayerNorm.bias", [Hidden]);
        for (int layer = 0; layer < Layers; layer++)
        {
            string name = $"encoder.layer.{layer}";
            (string Part, int Outputs, int Inputs)[] linears =
            [
                ("attention.self.query", Hidden, Hidden),
                ("attention.self.key", Hidden, Hidden),
                ("attention.self.value", Hidden, Hidden),
                ("attention.output.dense", Hidden, Hidden),
                ("intermediate.dense", Intermediate, Hidden),
                ("output.dense", Hidden, Intermediate),
            ];
            foreach ((string part, int outputs, int inputs) in linears)
            {
                yield return ($"{name}.{part}.weight", [outputs, inputs]);
                yield return ($"{name}.{part}.bias", [outputs]);
            }

            foreach (string part in (string[])["attention.output", "output"])
            {
                yield return ($"{name}.{part}.LayerNorm.weight", [Hidden]);
                yield return ($"{name}.{part}.LayerNorm.bias", [Hidden]);
            }
        }
    }

    private TensorData RandomTensor(Random random, string name, long[] shape)
    {
        float[] values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        double middle = name.EndsWith("LayerNorm.weight", StringComparison.Ordinal) ? 1 : 0;

        // Large tensors repeat a block of prime length: no two rows are alike, and it takes no time.
        int fresh = Math.Min(values.Length, 65_537);
        for (int i = 0; i < fresh; i++)
            values[i] = (float)(middle + (Scale * ((4 * random.NextSingle()) - 2)));
        for (int start = fresh; start < values.Length; start += fresh)
            values.AsSpan(0, Math.Min(fresh, values.Length - start)).CopyTo(values.AsSpan(start));
        return new TensorData(name, Type, shape, values);
    }
}
