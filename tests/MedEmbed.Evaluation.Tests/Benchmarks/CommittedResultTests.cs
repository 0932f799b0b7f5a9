using System.Text.Json;
using MedEmbed.Evaluation.Results;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Models;

namespace MedEmbed.Evaluation.Tests.Benchmarks;

/// <summary>The results that documents quote are those of the model that is bundled.</summary>
public class CommittedResultTests(DefaultModel model) : IClassFixture<DefaultModel>
{
    private static readonly string[] Tasks = ["ArguAna", "MedicalQARetrieval", "NFCorpus", "PublicHealthQA", "TRECCOVID"];

    [Theory, InlineData("medembed-small-v1"), InlineData("medembed-small-v1+no-prompt")]
    public void EveryBenchmarkHasAResultOfTheBundledModel(string system)
    {
        string folder = RevisionFolderOf(system);
        Assert.Equal(Tasks, Tasks.Where(task => File.Exists(Path.Combine(folder, $"{task}.json"))));
    }

    [Theory, Trait("Category", "Slow"), InlineData("medembed-small-v1", true), InlineData("medembed-small-v1+no-prompt", false)]
    public Task PublicHealthQaIsWhatWasCommitted(string system, bool prompt) => IsWhatWasCommitted("PublicHealthQA", system, prompt);

    [Theory, Trait("Category", "Evaluation"), InlineData("medembed-small-v1", true), InlineData("medembed-small-v1+no-prompt", false)]
    public Task NfCorpusIsWhatWasCommitted(string system, bool prompt) => IsWhatWasCommitted("NFCorpus", system, prompt);

    private async Task IsWhatWasCommitted(string name, string system, bool prompt)
    {
        RetrievalTask task = Assert.Single(TaskSelection.Resolve([name], SharedFiles.Require("data/benchmarks"), Benchmark.TestSplit));
        var evaluator = new TaskEvaluator(model.Results, new SilentStages(), TimeProvider.System);
        ResultSummary result = (await evaluator.EvaluateAsync(
            task, Benchmark.TestSplit, model.With(prompt ? PromptSetting.Own : PromptSetting.None), cancellationToken: TestContext.Current.CancellationToken)).Summary;
        Assert.Equal(NdcgAt10Of(Path.Combine(RevisionFolderOf(system), $"{name}.json")), result.NdcgAt10, 0.0005);
    }

    private static double NdcgAt10Of(string file)
    {
        using var result = JsonDocument.Parse(File.ReadAllText(file));
        return result.RootElement.GetProperty("scores").GetProperty(Benchmark.TestSplit)[0].GetProperty("ndcg_at_10").GetDouble();
    }

    private static string RevisionFolderOf(string system) => RepositoryFiles.PathOf($"results/{system}/{ModelFolder.Open(RepositoryFiles.PathOf("models/medembed-small-v1")).ContentHash[..12]}");
}
