using System.Text.Json.Nodes;
using MedEmbed.Training.Optimization;
using MedEmbed.Training.Recipes;

namespace MedEmbed.Training.Tests.Recipes;

public sealed class RecipeReaderTests : IDisposable
{
    private static readonly Dictionary<string, JsonNode?> Nothing = [];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void StringsStandForObjectsAndSingleValuesForLists()
    {
        TrainingRecipe recipe = Read("""{"output": "out", "data": "triplets.jsonl", "losses": ["info_nce", {"loss": "batch_kl", "weight": 0.5}], "teachers": "bm25", "development": "dev"}""");
        Assert.Equal(_folder.File("triplets.jsonl"), Assert.Single(recipe.Data).Path);
        Assert.Equal([LossKind.InfoNce, LossKind.BatchKl], recipe.Losses.Select(loss => loss.Kind));
        Assert.Equal(0.5, recipe.Losses[1].Weight);
        Assert.Equal("bm25", Assert.Single(recipe.Teachers).Model);
        Assert.Equal(_folder.File("dev"), recipe.Development!.Path);
        Assert.Equal(_folder.File("out"), recipe.Output);
    }

    [Fact]
    public void TheCommandLineStandsAboveTheFile()
    {
        TrainingRecipe recipe = Read(
            """{"output": "out", "data": ["a"], "steps": 5, "schedule": "cosine", "precision": "bf16"} // and a remark""",
            new() { ["steps"] = 7, ["data"] = "b" });
        Assert.Equal((7, "b", ScheduleShape.Cosine, PrecisionChoice.BF16), (recipe.Steps, recipe.Data[0].Path, recipe.Schedule, recipe.Precision));
    }

    [Theory]
    [InlineData("""{"output": "o", "data": ["a"], "learning_rat": 1}""", "there is no key \"learning_rat\"")]
    [InlineData("""{"output": "o", "data": [{"path": "a", "negative": 1}]}""", "there is no key \"data[0].negative\"")]
    [InlineData("""{"output": "o", "data": ["a"], "batch_size": "many"}""", "\"batch_size\" has a value of the wrong kind")]
    [InlineData("""{"output": "o", "data": ["a"], "losses": ["info"]}""", "\"losses[0].loss\" has a value of the wrong kind")]
    [InlineData("""{"output": "o", "data": ["a"], "batch_size": 0}""", "\"batch_size\" is 0; it must be at least 1")]
    [InlineData("""{"output": "o", "data": []}""", "\"data\" is empty")]
    [InlineData("""{"data": ["a"]}""", "\"output\" is missing")]
    [InlineData("""{"output": "o", "data": ["a"], "drop_contaminated": true}""", "\"drop_contaminated\" needs \"benchmarks\"")]
    [InlineData("""{"output": "o", "data": ["a"], "teachers": [{"model": "m", "weight": 0}]}""", "\"teachers\" gives m a weight of 0; it must be above 0")]
    [InlineData("""{"output": "o", "data": ["a"], "teachers": [{"model": "m", "max_length": 2}]}""", "\"teachers\" gives m a max_length of 2; it must be at least 3")]
    [InlineData("""["a"]""", "is no JSON object")]
    [InlineData("{\n\"data\": [\n", "recipe.json:3: is not valid JSON")]
    public void WrongRecipesNameTheFileAndTheKey(string json, string message)
    {
        var error = Assert.Throws<RecipeException>(() => Read(json));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder.File("recipe.json"), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"loss": "kl", "temperature": 0.1}""", "\"temperature\" does not belong to the loss kl; it belongs to info_nce, gist")]
    [InlineData("""{"loss": "info_nce", "margin": 0.1}""", "\"margin\" does not belong to the loss info_nce")]
    [InlineData("""{"loss": "info_nce", "temperature": 0}""", "\"losses\": ")]
    [InlineData("""{"loss": "info_nce", "matryoshka_weights": [1]}""", "needs \"matryoshka_dimensions\"")]
    public void LossesRefuseKeysThatAreNotTheirs(string loss, string message)
    {
        TrainingRecipe recipe = Read($$"""{"output": "o", "data": ["a"], "losses": [{{loss}}]}""");
        Assert.Contains(message, Assert.Throws<RecipeException>(() => LossBuilder.Build(recipe.Losses)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWrittenRecipeIsReadAgain()
    {
        TrainingRecipe recipe = Read("""{"output": "out", "data": [{"path": "a", "prompt_share": 0.5}], "lora": {"rank": 4}, "losses": [{"loss": "gist", "margin_kind": "relative"}], "weights": "f16"}""");
        TrainingRecipe again = Read(System.Text.Json.JsonSerializer.Serialize(recipe, RecipeJson.Options));
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(recipe, RecipeJson.Options), System.Text.Json.JsonSerializer.Serialize(again, RecipeJson.Options));
    }

    private TrainingRecipe Read(string json, Dictionary<string, JsonNode?>? overrides = null)
    {
        string path = _folder.File("recipe.json");
        File.WriteAllText(path, json);
        return RecipeReader.Read(path, overrides ?? Nothing);
    }
}
