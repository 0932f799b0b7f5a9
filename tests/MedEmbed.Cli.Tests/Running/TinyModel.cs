using System.Globalization;
using MedEmbed.Safetensors;

namespace MedEmbed.Cli.Tests.Running;

/// <summary>A small random BERT in sentence-transformers layout: quick to run, and its vectors tell texts apart.</summary>
public static class TinyModel
{
    private const int Positions = 128;

    /// <summary>Writes the model folder at <paramref name="folder"/>.</summary>
    public static string Write(string folder, int seed = 1, int hidden = 16, int layers = 2)
    {
        Directory.CreateDirectory(Path.Combine(folder, "1_Pooling"));
        string[] vocabulary = Vocabulary();
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), vocabulary);
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), """{"tokenizer_class":"BertTokenizer","do_lower_case":true,"model_max_length":128}""");
        File.WriteAllText(Path.Combine(folder, "config.json"), string.Create(CultureInfo.InvariantCulture, $$"""
            {"model_type":"bert","vocab_size":{{vocabulary.Length}},"hidden_size":{{hidden}},"num_hidden_layers":{{layers}},"num_attention_heads":2,
             "intermediate_size":{{2 * hidden}},"max_position_embeddings":{{Positions}},"type_vocab_size":2,"hidden_act":"gelu","layer_norm_eps":1e-12}
            """));
        File.WriteAllText(Path.Combine(folder, "modules.json"), """
            [{"idx":0,"name":"0","path":"","type":"sentence_transformers.models.Transformer"},
             {"idx":1,"name":"1","path":"1_Pooling","type":"sentence_transformers.models.Pooling"},
             {"idx":2,"name":"2","path":"2_Normalize","type":"sentence_transformers.models.Normalize"}]
            """);
        File.WriteAllText(Path.Combine(folder, "1_Pooling", "config.json"), string.Create(CultureInfo.InvariantCulture, $$"""{"word_embedding_dimension":{{hidden}},"pooling_mode_mean_tokens":true}"""));
        File.WriteAllText(Path.Combine(folder, "config_sentence_transformers.json"), """{"prompts":{"query":"ask: ","document":"","topic":"subject: "},"default_prompt_name":null,"similarity_fn_name":"cosine"}""");
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), [.. Tensors(new Random(seed), vocabulary.Length, hidden, layers)]);
        return folder;
    }

    private static string[] Vocabulary()
    {
        string[] characters = [.. "abcdefghijklmnopqrstuvwxyz0123456789".Select(c => c.ToString())];
        return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. characters, .. characters.Select(c => "##" + c), ":", ",", "."];
    }

    private static IEnumerable<TensorData> Tensors(Random random, int words, int hidden, int layers)
    {
        yield return Matrix("embeddings.word_embeddings.weight", words, hidden);
        yield return Matrix("embeddings.position_embeddings.weight", Positions, hidden);
        yield return Matrix("embeddings.token_type_embeddings.weight", 2, hidden);
        foreach (TensorData tensor in Norm("embeddings.LayerNorm"))
            yield return tensor;
        for (int layer = 0; layer < layers; layer++)
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"encoder.layer.{layer}.");
            foreach (TensorData tensor in (TensorData[])[
                .. Linear(prefix + "attention.self.query", hidden, hidden), .. Linear(prefix + "attention.self.key", hidden, hidden),
                .. Linear(prefix + "attention.self.value", hidden, hidden), .. Linear(prefix + "attention.output.dense", hidden, hidden),
                .. Norm(prefix + "attention.output.LayerNorm"), .. Linear(prefix + "intermediate.dense", 2 * hidden, hidden),
                .. Linear(prefix + "output.dense", hidden, 2 * hidden), .. Norm(prefix + "output.LayerNorm")])
                yield return tensor;
        }

        TensorData Matrix(string name, int rows, int columns) =>
            new(name, TensorType.F32, [rows, columns], Enumerable.Range(0, rows * columns).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray());
        TensorData[] Linear(string name, int outputs, int inputs) => [Matrix(name + ".weight", outputs, inputs), new(name + ".bias", TensorType.F32, [outputs], new float[outputs])];
        TensorData[] Norm(string name) =>
            [new(name + ".weight", TensorType.F32, [hidden], Enumerable.Repeat(1f, hidden).ToArray()), new(name + ".bias", TensorType.F32, [hidden], new float[hidden])];
    }
}
