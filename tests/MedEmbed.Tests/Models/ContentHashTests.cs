using System.Globalization;
using MedEmbed.Models;
using MedEmbed.Safetensors;

namespace MedEmbed.Tests.Models;

public sealed class ContentHashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ACopyUnderAnotherNameHasTheSameHash() =>
        Assert.Equal(HashOf(new RandomModel(), "one"), HashOf(new RandomModel(), "two"));

    [Fact]
    public void EveryDifferenceThatDecidesAVectorChangesTheHash()
    {
        RandomModel model = new() { Prompts = Prompts(("query", "q")), DenseOutputs = 4 };
        RandomModel[] others =
        [
            model with { Seed = 2 },
            model with { Heads = 2 },
            model with { Activation = "gelu_new" },
            model with { Type = TensorType.BF16 },
            model with { LowerCase = false },
            model with { Pooling = ["max"] },
            model with { IncludePrompt = false },
            model with { DenseActivation = "Identity" },
            model with { Normalize = false },
            model with { Prompts = Prompts(("query", "Q")) },
            model with { Prompts = Prompts(("query", "q"), ("document", "")) },
            model with { DefaultPrompt = "query" },

            // What a plain join of names and texts would take for the same.
            model with { Prompts = Prompts(("a", "x\nb=y")) },
            model with { Prompts = Prompts(("a", "x"), ("b", "y")) },
        ];
        string[] hashes = [HashOf(model, "model"), .. others.Select((other, i) => HashOf(other, $"other{i}"))];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void OverridesAndTheCaseOfTextsChangeTheHash()
    {
        new RandomModel().Write(_folder.Path);
        string plain = ModelFolder.Open(_folder.Path).ContentHash;
        Assert.NotEqual(plain, ModelFolder.Open(_folder.Path, new ModelOverrides { MaxLength = 7 }).ContentHash);
        File.WriteAllText(_folder.File("sentence_bert_config.json"), """{"do_lower_case": true}""");
        Assert.NotEqual(plain, ModelFolder.Open(_folder.Path).ContentHash);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("model.onnx_data")]
    [InlineData("model.onnx.data")]
    public void WithoutWeightsTheExportedGraphAndItsDataDecideTheHash(string changed)
    {
        new RandomModel().Write(_folder.Path);
        File.Delete(_folder.File("model.safetensors"));
        Directory.CreateDirectory(_folder.File("onnx"));
        foreach (string file in (string[])["model.onnx", "model.onnx_data", "model.onnx.data"])
            File.WriteAllText(_folder.File($"onnx/{file}"), "1");
        string before = ModelFolder.Open(_folder.Path).ContentHash;
        File.WriteAllText(_folder.File($"onnx/{changed}"), "2");
        Assert.NotEqual(before, ModelFolder.Open(_folder.Path).ContentHash);
    }

    [Fact]
    public void WhatDecidesNothingLeavesTheHash()
    {
        new RandomModel().Write(_folder.Path);
        string plain = ModelFolder.Open(_folder.Path).ContentHash;
        File.WriteAllText(_folder.File("README.md"), "# Model");
        File.AppendAllText(_folder.File("config.json"), "\n");
        Assert.Equal(plain, ModelFolder.Open(_folder.Path).ContentHash);
        Assert.Matches("^[0-9a-f]{64}$", plain);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void TheCultureDoesNotChangeTheHash(string culture)
    {
        RandomModel model = new() { Prompts = Prompts(("I", "1"), ("i", "2")) };
        string invariant = HashOf(model, "invariant");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(invariant, HashOf(model, culture));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Dictionary<string, string> Prompts(params (string Name, string Text)[] prompts) =>
        prompts.ToDictionary(prompt => prompt.Name, prompt => prompt.Text);

    private string HashOf(RandomModel model, string name)
    {
        string folder = Directory.CreateDirectory(_folder.File(name)).FullName;
        model.Write(folder);
        return ModelFolder.Open(folder).ContentHash;
    }
}
