using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Training.LowRank;

namespace MedEmbed.Training.Tests.LowRank;

public sealed class AdapterFormatTests : IDisposable
{
    private static readonly BertConfig Bert = new() { VocabularySize = 10, HiddenSize = 4, Layers = 1, Heads = 2, IntermediateSize = 8, MaxPositions = 8 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"peft_type":"IA3","r":2,"lora_alpha":4,"target_modules":["query"]}""", "peft_type", "IA3")]
    [InlineData("""{"peft_type":"LORA","r":2,"lora_alpha":4,"target_modules":["query"],"use_dora":true}""", "use_dora", "DoRA")]
    [InlineData("""{"peft_type":"LORA","r":2,"lora_alpha":4,"target_modules":["query"],"use_novelty":true}""", "use_novelty", "merge_and_unload")]
    [InlineData("""{"peft_type":"LORA","r":2,"lora_alpha":4,"target_modules":["query"],"bias":"all"}""", "bias", "biases")]
    [InlineData("""{"peft_type":"LORA","r":2,"lora_alpha":4,"target_modules":["query"],"modules_to_save":["pooler"]}""", "modules_to_save", "whole layers")]
    [InlineData("""{"peft_type":"LORA","r":2,"lora_alpha":4,"target_modules":["query"],"init_lora_weights":"pissa"}""", "init_lora_weights", "pissa")]
    [InlineData("""{"peft_type":"LORA","r":0,"lora_alpha":4,"target_modules":["query"]}""", "\"r\"", "whole number")]
    [InlineData("""{"peft_type":"LORA","r":2,"target_modules":["query"]}""", "lora_alpha", "missing")]
    [InlineData("""{"peft_type":"LORA","r":2,"lora_alpha":4,"target_modules":[]}""", "target_modules", "no layer")]
    [InlineData("""{"peft_type":"LORA","r":2,"lora_alpha":4,"target_modules":"(query"}""", "target_modules", "regular expression")]
    [InlineData("""{"peft_type":"LORA","r":2,"lora_alpha":4,"target_modules":".*","layers_to_transform":[0]}""", "layers_to_transform", "list of names")]
    [InlineData("""[]""", "adapter_config.json", "not an object")]
    [InlineData("""{"peft_type":""", "adapter_config.json", "is not JSON")]
    public void WhatIsNoPlainLowRankAdapterIsRefusedByFileAndField(string config, params string[] parts)
    {
        WriteWeights("query");
        File.WriteAllText(_folder.File("adapter_config.json"), config);
        var error = Assert.Throws<ModelFormatException>(() => LowRankAdapter.Open(_folder.Path, Bert));
        Assert.StartsWith(_folder.File("adapter_config.json"), error.Message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("query", "query,key", "has no tensor")]
    [InlineData("query,key", "query", "no matrix of a layer")]
    public void WeightsAndTargetsMustAgree(string stored, string targets, string message)
    {
        WriteWeights(stored.Split(','));
        WriteConfig(targets, rank: 2);
        var error = Assert.Throws<ModelFormatException>(() => LowRankAdapter.Open(_folder.Path, Bert));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("self.key.lora_A.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherRankThanTheConfigurationsIsRefused()
    {
        WriteWeights("query");
        WriteConfig("query", rank: 3);
        Assert.Contains("[3, 4]", Assert.Throws<ModelFormatException>(() => LowRankAdapter.Open(_folder.Path, Bert)).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(""), InlineData("bert."), InlineData("0.auto_model.")]
    public void AModelInsideAnotherIsFoundAndWrittenUnderItsName(string prefix)
    {
        WriteWeights(["query"], prefix);
        WriteConfig("query", rank: 2);
        var adapter = LowRankAdapter.Open(_folder.Path, Bert);
        Assert.Equal(["encoder.layer.0.attention.self.query"], adapter.Layers.Keys);
        adapter.Write(_folder.File("again"));
        using var written = SafetensorsFile.Open(_folder.File("again/adapter_model.safetensors"));
        Assert.Contains($"base_model.model.{prefix}encoder.layer.0.attention.self.query.lora_B.weight", written.Tensors.Keys);
    }

    [Fact]
    public void EverySettingSurvivesWritingAndReading()
    {
        var config = new LowRankConfig
        {
            Targets = new LayerSelection { Names = ["query", "intermediate.dense"], ExcludedNames = ["key"], Layers = [0], LayersPatterns = ["layer"] },
            Rank = 3,
            Alpha = 6.5,
            RankPattern = [new("intermediate.dense", 2)],
            AlphaPattern = [new(@"self\.query", 1)],
            RankStabilized = true,
            BaseModel = "owner/name",
        };
        var adapter = LowRankAdapter.Create(config, Bert, seed: 3);
        adapter.Write(_folder.File("adapter"));
        var again = LowRankAdapter.Open(_folder.File("adapter"), Bert);
        Assert.Equivalent(config, again.Config, strict: true);
        foreach ((string name, LowRankLayer layer) in adapter.Layers)
        {
            Assert.Equal(layer with { A = default, B = default }, again.Layers[name] with { A = default, B = default });
            Assert.Equal(layer.A.ToArray(), again.Layers[name].A.ToArray());
        }
    }

    private void WriteConfig(string targets, int rank) => File.WriteAllText(
        _folder.File("adapter_config.json"),
        FormattableString.Invariant($$"""{"peft_type":"LORA","r":{{rank}},"lora_alpha":4,"target_modules":["{{targets.Replace(",", "\",\"", StringComparison.Ordinal)}}"]}"""));

    private void WriteWeights(params string[] layers) => WriteWeights(layers, "");

    private void WriteWeights(string[] layers, string prefix) => SafetensorsWriter.Write(_folder.File("adapter_model.safetensors"), [.. layers.SelectMany(layer => (TensorData[])[
        new($"base_model.model.{prefix}encoder.layer.0.attention.self.{layer}.lora_A.weight", TensorType.F32, [2, 4], new float[8]),
        new($"base_model.model.{prefix}encoder.layer.0.attention.self.{layer}.lora_B.weight", TensorType.F32, [4, 2], new float[8])])]);
}
