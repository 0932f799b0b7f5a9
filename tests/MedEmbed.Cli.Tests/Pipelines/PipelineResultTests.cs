using System.Text.Json.Nodes;
using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Pipelines;

/// <summary>Steps that share a folder of results, and steps that train.</summary>
public sealed class PipelineResultTests(TinyModelFixture tiny) : IClassFixture<TinyModelFixture>, IDisposable
{
    private readonly PipelineFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EvaluationsShareAFolderAndTheComparisonFollowsThem()
    {
        _folder.Save("""
            {
              "paths": { "work": "work", "task": "TASK" },
              "steps": [
                { "name": "words", "command": "evaluate", "options": { "system": "bm25", "tasks": "${task}", "split": "dev", "output": "${work}/results" } },
                { "name": "vectors", "command": "evaluate", "options": { "model": "MODEL", "tasks": ["${task}"], "split": "dev", "output": "${work}/results" } },
                { "command": "compare", "arguments": "${work}/results", "options": { "output": "${work}/comparison" } }
              ]
            }
            """.Replace("TASK", RepositoryFiles.PathOf("samples/medquad"), StringComparison.Ordinal).Replace("MODEL", tiny.Model, StringComparison.Ordinal));
        Assert.Equal("words ran, vectors ran, compare ran", await _folder.StatusesAsync());
        Assert.Equal("words kept, vectors kept, compare kept", await _folder.StatusesAsync());
        JsonNode state = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Work, "pipeline.state.json")))!;
        string result = state["steps"]![0]!["outputs"]!.AsObject().Single().Key;
        Assert.StartsWith("results/bm25/", result, StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder.Work, result));
        Assert.Equal("words ran, vectors kept, compare ran", await _folder.StatusesAsync());
    }

    [Fact]
    public async Task TheSamplePipelineIsWithoutFault()
    {
        string[] arguments = ["pipeline", "--config", RepositoryFiles.PathOf("recipes/first-pipeline/pipeline.json"), "--set", $"work={_folder.Work}", "--list", "--json"];
        JsonNode[] steps = [.. JsonNode.Parse((await _folder.Medembed.RunAsync(arguments)).Expect(0).Output)!["steps"]!.AsArray().Select(step => step!)];
        Assert.Equal(8, steps.Length);
        Assert.All(steps, step => Assert.Equal("to_do", (string?)step["status"]));
        Assert.Equal("reads what \"pairs\" writes", (string?)steps[1]["reason"]);
        Assert.False(Path.Exists(_folder.Work));
    }

    [Fact]
    public async Task TrainingFollowsItsRecipesFileAndTheModelThatItNames()
    {
        string model = TinyModel.Write(_folder.File("base"));
        File.WriteAllText(_folder.File("recipe.json"), """{ "data": ["work/triplets.jsonl"], "steps": 2, "batch_size": 4, "precision": "f32", "passage_length": 32 }""");
        _folder.Save("\"name\": \"few\", \"command\": \"generate\"", """
            "command": "train", "options": { "config": "recipe.json", "model": "./base", "mixed": false, "output": "${work}/model" } },
            { "command": "merge", "arguments": ["${work}/model=0.5"], "options": { "base": "./base", "output": "${work}/mixed" } },
            { "name": "few", "command": "generate"
            """);
        Assert.Equal("pairs ran, triplets ran, train ran, merge ran, few ran", await _folder.StatusesAsync());
        Assert.Equal("pairs kept, triplets kept, train kept, merge kept, few kept", await _folder.StatusesAsync());
        Directory.Delete(model, recursive: true);
        TinyModel.Write(model, seed: 2);
        Assert.Equal("pairs kept, triplets kept, train ran, merge ran, few kept", await _folder.StatusesAsync());
        Assert.Equal("pairs kept, triplets ran, train ran, merge ran, few kept", await _folder.StatusesAsync("--set", "negatives=2"));
    }
}
