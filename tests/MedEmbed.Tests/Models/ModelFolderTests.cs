using System.Text.Json.Nodes;
using MedEmbed.Encoding;
using MedEmbed.Models;
using MedEmbed.Vectors;

namespace MedEmbed.Tests.Models;

public sealed class ModelFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AllOfAFolderIsRead()
    {
        new RandomModel
        {
            Pooling = ["mean"],
            IncludePrompt = false,
            DenseOutputs = 5,
            DenseActivation = "Identity",
            Prompts = new Dictionary<string, string> { ["query"] = "q: ", ["document"] = "" },
            DefaultPrompt = "query",
        }.Write(_folder.Path);
        var model = ModelFolder.Open(_folder.Path);
        Assert.Equal(12, model.Config.HiddenSize);
        Assert.False(model.Pooling.IncludePrompt);
        Assert.Equal([PoolingMode.Mean], model.Pooling.Modes);
        Assert.Equal(5, model.Dimensions);
        Assert.True(model.Normalizes);
        Assert.Equal(Similarity.Cosine, model.Similarity);
        Assert.Equal(Path.GetFileName(_folder.Path), model.Name);
        Assert.IsType<DenseModule>(model.Modules[1]);
    }

    [Theory]
    [InlineData(null, null, 48)]
    [InlineData("30", null, 30)]
    [InlineData("60", "40", 40)]
    [InlineData("60", "512", 48)]
    [InlineData("null", "1000000000000000019884624838656", 48)]
    [InlineData("20.0", "40", 20)]
    public void TheMaximumLengthIsTheSmallestThatIsGiven(string? maxSeqLength, string? modelMaxLength, int expected)
    {
        new RandomModel { Positions = 48 }.Write(_folder.Path);
        if (maxSeqLength is not null)
            File.WriteAllText(_folder.File("sentence_bert_config.json"), $$"""{"max_seq_length": {{maxSeqLength}}, "do_lower_case": false}""");
        if (modelMaxLength is not null)
            File.WriteAllText(_folder.File("tokenizer_config.json"), $$"""{"tokenizer_class": "BertTokenizer", "model_max_length": {{modelMaxLength}}}""");
        Assert.Equal(expected, ModelFolder.Open(_folder.Path).MaxLength);
        Assert.Equal(Math.Min(expected, 25), ModelFolder.Open(_folder.Path, new ModelOverrides { MaxLength = 25 }).MaxLength);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.5")]
    [InlineData("\"512\"")]
    public void AMaximumLengthThatIsNoneIsAnErrorWithItsField(string value)
    {
        new RandomModel().Write(_folder.Path);
        File.WriteAllText(_folder.File("sentence_bert_config.json"), $$"""{"max_seq_length": {{value}}}""");
        AssertRefused("sentence_bert_config.json", "\"max_seq_length\"");
    }

    [Fact]
    public void AnOverrideBelowOneIsRefused()
    {
        new RandomModel().Write(_folder.Path);
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelFolder.Open(_folder.Path, new ModelOverrides { MaxLength = 0 }));
    }

    [Fact]
    public void ATransformerInAFolderOfItsOwnIsFound()
    {
        new RandomModel().Write(_folder.Path);
        float[] inRoot = File.ReadAllBytes(_folder.File("model.safetensors")).Select(value => (float)value).ToArray();
        Directory.CreateDirectory(_folder.File("0_Transformer"));
        foreach (string file in (string[])["config.json", "vocab.txt", "tokenizer_config.json", "model.safetensors"])
            File.Move(_folder.File(file), _folder.File($"0_Transformer/{file}"));
        File.WriteAllText(_folder.File("0_Transformer/sentence_bert_config.json"), """{"max_seq_length": 17}""");
        RandomModel.WriteModules(_folder.Path, [("Transformer", "0_Transformer"), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")]);
        Directory.CreateDirectory(_folder.File("0_Transformer/onnx"));
        File.WriteAllText(_folder.File("0_Transformer/onnx/model.onnx"), "");

        var model = ModelFolder.Open(_folder.Path);
        Assert.Equal(17, model.MaxLength);
        Assert.Equal(_folder.File("0_Transformer/onnx/model.onnx"), model.OnnxFile);
        using var weights = model.OpenWeights();
        Assert.Equal(inRoot.Length, new FileInfo(weights.Path).Length);
    }

    [Theory]
    [InlineData("{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}", "Cls")]
    [InlineData("{\"pooling_mode_lasttoken\": true, \"pooling_mode_max_tokens\": true, \"pooling_mode_cls_token\": true}", "Cls,Max,LastToken")]
    [InlineData("{\"pooling_mode\": [\"lasttoken\", \"cls\"]}", "LastToken,Cls")]
    [InlineData("{\"pooling_mode\": \"weightedmean\", \"pooling_mode_cls_token\": true}", "WeightedMean")]
    [InlineData("{\"pooling_mode\": \"mean_sqrt_len_tokens\", \"embedding_dimension\": 12}", "MeanSqrtLength")]
    public void BothFormsOfThePoolingConfigurationAreRead(string json, string expected)
    {
        new RandomModel().Write(_folder.Path);
        File.WriteAllText(_folder.File("1_Pooling/config.json"), json);
        Assert.Equal(expected, string.Join(',', ModelFolder.Open(_folder.Path).Pooling.Modes));
    }

    [Theory]
    [InlineData("{}", "no pooling mode")]
    [InlineData("{\"pooling_mode\": \"average\"}", "\"pooling_mode\"")]
    [InlineData("{\"pooling_mode\": [\"cls\", \"cls\"]}", "different modes")]
    [InlineData("{\"pooling_mode\": 1}", "\"pooling_mode\"")]
    [InlineData("{\"pooling_mode\": \"cls\", \"word_embedding_dimension\": 13}", "\"word_embedding_dimension\" is 13")]
    [InlineData("{\"pooling_mode\": \"cls\", \"include_prompt\": 1}", "\"include_prompt\"")]
    public void APoolingConfigurationThatSaysNothingKnownIsRefused(string json, string expected)
    {
        new RandomModel().Write(_folder.Path);
        File.WriteAllText(_folder.File("1_Pooling/config.json"), json);
        AssertRefused("1_Pooling/config.json", expected);
    }

    [Theory]
    [InlineData("../1_Pooling")]
    [InlineData("a/../../b")]
    [InlineData("/etc")]
    [InlineData("..\\\\b")]
    [InlineData("C:/b")]
    public void AModulePathThatLeavesTheFolderIsRefused(string path)
    {
        new RandomModel().Write(_folder.Path);
        RandomModel.WriteModules(_folder.Path, [("Transformer", ""), ("Pooling", path)]);
        AssertRefused("modules.json", "must be relative and stay inside");
    }

    [Fact]
    public void WithoutModulesTheErrorNamesTheFileAndWhatToPassAndThatHelps()
    {
        new RandomModel().Write(_folder.Path);
        File.Delete(_folder.File("modules.json"));
        AssertRefused("modules.json", "--pooling");
        var model = ModelFolder.Open(_folder.Path, new ModelOverrides { Pooling = PoolingMode.Max, Normalize = false });
        Assert.Equal([PoolingMode.Max], model.Pooling.Modes);
        Assert.False(model.Normalizes);
        Assert.True(ModelFolder.Open(_folder.Path, new ModelOverrides { Pooling = PoolingMode.Max }).Normalizes);
    }

    [Fact]
    public void ModulesThatDoNotFitTogetherAreRefused()
    {
        new RandomModel { DenseOutputs = 5 }.Write(_folder.Path);
        Assert.Equal(5, ModelFolder.Open(_folder.Path).Dimensions);
        (string Kind, string Path) transformer = ("Transformer", ""), pooling = ("Pooling", "1_Pooling"), dense = ("Dense", "2_Dense");
        RandomModel.WriteModules(_folder.Path, [transformer, dense, pooling]);
        AssertRefused("modules.json", "one Pooling");
        RandomModel.WriteModules(_folder.Path, [transformer, pooling, pooling]);
        AssertRefused("modules.json", "one Pooling");
        RandomModel.WriteModules(_folder.Path, [transformer, pooling, dense, dense]);
        AssertRefused("modules.json", "Dense module of 12 inputs after a step that gives 5");
        RandomModel.WriteModules(_folder.Path, [pooling]);
        AssertRefused("modules.json", "no Transformer");
        RandomModel.WriteModules(_folder.Path, [transformer, pooling, ("LayerNorm", "2_LayerNorm")]);
        AssertRefused("modules.json", "models.LayerNorm");
        File.WriteAllText(_folder.File("modules.json"), "[1]");
        AssertRefused("modules.json", "\"type\"");
    }

    [Theory]
    [InlineData("model_type", "\"roberta\"", "\"roberta\"")]
    [InlineData("model_type", "null", "\"model_type\" is missing")]
    [InlineData("num_attention_heads", "5", "does not divide")]
    [InlineData("hidden_act", "\"silu\"", "\"silu\"")]
    [InlineData("hidden_size", "0", "\"hidden_size\"")]
    [InlineData("hidden_size", "1e12", "\"hidden_size\"")]
    [InlineData("vocab_size", "\"1000\"", "\"vocab_size\"")]
    [InlineData("layer_norm_eps", "-1", "\"layer_norm_eps\"")]
    [InlineData("position_embedding_type", "\"relative_key\"", "relative_key")]
    [InlineData("is_decoder", "true", "is_decoder")]
    public void AConfigurationThatCannotBeBuiltIsNamedByFieldAndValue(string field, string value, string expected)
    {
        new RandomModel().Write(_folder.Path);
        Edit("config.json", json => json[field] = JsonNode.Parse(value));
        AssertRefused("config.json", expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"model_type\": \"\\ud800\"}")]
    [InlineData("{\"\\udc00\": 1}")]
    public void AConfigurationThatIsNoJsonObjectIsRefused(string content)
    {
        new RandomModel().Write(_folder.Path);
        File.WriteAllText(_folder.File("config.json"), content);
        AssertRefused("config.json", "");
        File.Delete(_folder.File("config.json"));
        AssertRefused("config.json", "missing");
    }

    [Theory]
    [InlineData("use_residual", "true")]
    [InlineData("module_input_name", "\"token_embeddings\"")]
    [InlineData("activation_function", "\"torch.nn.modules.activation.Hardswish\"")]
    public void ADenseModuleThatComputesSomethingElseIsRefused(string field, string value)
    {
        new RandomModel { DenseOutputs = 5 }.Write(_folder.Path);
        Edit("2_Dense/config.json", json => json[field] = JsonNode.Parse(value));
        AssertRefused("2_Dense/config.json", field);
    }

    [Fact]
    public void ADenseModuleWithoutItsWeightsIsRefused()
    {
        new RandomModel { DenseOutputs = 5 }.Write(_folder.Path);
        File.Delete(_folder.File("2_Dense/model.safetensors"));
        AssertRefused("2_Dense/model.safetensors", "safetensors");
    }

    [Fact]
    public void SplitOrMissingWeightsAreToldApart()
    {
        new RandomModel().Write(_folder.Path);
        var model = ModelFolder.Open(_folder.Path);
        File.Delete(model.WeightsFile);
        Assert.Contains("is missing", Assert.Throws<ModelFormatException>(() => model.OpenWeights().Dispose()).Message, StringComparison.Ordinal);
        File.WriteAllText(model.WeightsFile + ".index.json", "{}");
        Assert.Contains("split into several files", Assert.Throws<ModelFormatException>(() => model.OpenWeights().Dispose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatIsNotThereIsNamed() =>
        Assert.Contains("absent", Assert.Throws<DirectoryNotFoundException>(() => ModelFolder.Open(_folder.File("absent"))).Message, StringComparison.Ordinal);

    [Fact]
    public void RolesFallBackToTheDefaultPromptAndNamesDoNot()
    {
        var prompts = new ModelPrompts(new Dictionary<string, string> { ["query"] = "q: ", ["topic"] = "t: " }, "topic");
        Assert.Equal("q: ", prompts.TextOf(Prompt.Query));
        Assert.Equal("t: ", prompts.TextOf(Prompt.Document));
        Assert.Equal("", prompts.TextOf(Prompt.None));
        Assert.Equal("t: ", prompts.TextOf(Prompt.Named("topic")));
        var error = Assert.Throws<ArgumentException>(() => prompts.TextOf(Prompt.Named("absent")));
        Assert.Contains("query, topic", error.Message, StringComparison.Ordinal);
        Assert.Equal("", (prompts with { DefaultName = null }).TextOf(Prompt.Document));
    }

    [Theory]
    [InlineData("{\"prompts\": [], \"default_prompt_name\": null}", "\"prompts\"")]
    [InlineData("{\"prompts\": {\"query\": 1}}", "\"prompts\"")]
    [InlineData("{\"prompts\": {\"query\": \"q\"}, \"default_prompt_name\": \"document\"}", "\"default_prompt_name\"")]
    [InlineData("{\"similarity_fn_name\": \"manhattan\"}", "\"similarity_fn_name\"")]
    public void PromptsAndSimilarityThatAreNotKnownAreRefused(string json, string expected)
    {
        new RandomModel().Write(_folder.Path);
        File.WriteAllText(_folder.File("config_sentence_transformers.json"), json);
        AssertRefused("config_sentence_transformers.json", expected);
    }

    private void Edit(string file, Action<JsonObject> edit)
    {
        var json = (JsonObject)JsonNode.Parse(File.ReadAllText(_folder.File(file)))!;
        edit(json);
        RandomModel.WriteJson(_folder.Path, file, json);
    }

    private void AssertRefused(string file, string expected)
    {
        var error = Assert.Throws<ModelFormatException>(() => ModelFolder.Open(_folder.Path));
        Assert.Equal(_folder.File(file), error.File);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
