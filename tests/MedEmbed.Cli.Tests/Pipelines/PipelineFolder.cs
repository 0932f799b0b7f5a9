using System.Text.Json.Nodes;
using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Pipelines;

/// <summary>A folder with notes and a pipeline of three quick steps: pairs, triplets of them, and pairs of a few notes that nothing else reads.</summary>
public sealed class PipelineFolder : IDisposable
{
    private const int Notes = 30;

    private readonly TemporaryFolder _folder = new();

    public PipelineFolder()
    {
        Directory.CreateDirectory(Path);
        System.IO.File.WriteAllLines(NotesFile, Corpus.SampleLines(Notes));
        Save(Text);
    }

    /// <summary>The pipeline as it is written at first.</summary>
    public static string Text => """
        {
          // Comments and trailing commas are allowed.
          "paths": { "work": "work" },
          "variables": { "negatives": 3 },
          "steps": [
            {
              "name": "pairs", "command": "generate",
              "options": { "notes": "notes.jsonl", "id_field": "_id", "offline": true, "keep-duplicates": false, "output": "${work}/pairs" },
            },
            {
              "name": "triplets", "command": "mine",
              "options": { "pairs": "${work}/pairs/pairs.jsonl", "source": ["bm25=2", "random"], "relative-margin": "off", "negatives": "${negatives}", "output": "${work}/triplets.jsonl" },
            },
            {
              "name": "few", "command": "generate",
              "options": { "notes": "notes.jsonl", "id-field": "_id", "offline": true, "sample": 5, "output": "${work}/few" },
            },
          ],
        }
        """;

    public string Path => _folder.File("home");

    public string Config => File("pipeline.json");

    public string NotesFile => File("notes.jsonl");

    public string Work => File("work");

    public Medembed Medembed => new(_folder.File("cache"));

    public string Cache => _folder.File("cache");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Save(string pipeline) => System.IO.File.WriteAllText(Config, pipeline);

    /// <summary>Writes the pipeline with one text in the place of another.</summary>
    public void Save(string replaced, string by)
    {
        Assert.Contains(replaced, Text, StringComparison.Ordinal);
        Save(Text.Replace(replaced, by, StringComparison.Ordinal));
    }

    public Task<CommandResult> RunAsync(params string[] arguments) => Medembed.RunAsync(["pipeline", "--config", Config, .. arguments]);

    /// <summary>Runs the pipeline and tells what became of each step, as <c>pairs ran, triplets kept</c>.</summary>
    public async Task<string> StatusesAsync(params string[] arguments)
    {
        CommandResult result = (await RunAsync([.. arguments, "--json"])).Expect(0);
        return string.Join(", ", JsonNode.Parse(result.Output)!["steps"]!.AsArray().Select(step => $"{step!["name"]} {step["status"]}"));
    }

    /// <summary>All that the steps wrote, by path.</summary>
    public SortedDictionary<string, string> Outputs() => new(
        Directory.EnumerateFiles(Work, "*", SearchOption.AllDirectories).Select(path => System.IO.Path.GetRelativePath(Work, path)).Where(path => !path.StartsWith("pipeline.", StringComparison.Ordinal))
            .ToDictionary(path => path, path => System.IO.File.ReadAllText(System.IO.Path.Combine(Work, path))),
        StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();
}
