using MedEmbed.Data;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Tests.Tasks;

public class TaskSelectionTests
{
    [Fact]
    public void AllIsTheFiveBenchmarksInOrder()
    {
        using var data = new TemporaryFolder();
        foreach (Benchmark benchmark in BenchmarkRegistry.All)
            SyntheticBeir.WriteSmall(data, benchmark.Folder);
        Assert.Equal(["ArguAna", "MedicalQARetrieval", "NFCorpus", "PublicHealthQA", "TRECCOVID"], TaskSelection.Resolve(["all"], data.Path, "test").Select(task => task.Name));
        Assert.Equal(["TRECCOVID", "ArguAna"], TaskSelection.Resolve(["treccovid, ArguAna", "TRECCOVID"], data.Path, "test").Select(task => task.Name));
    }

    [Fact]
    public void OnlyArguAnaIgnoresIdenticalIdsAndTheTwoIncompleteCopiesSaySo()
    {
        Assert.Equal(["ArguAna"], BenchmarkRegistry.All.Where(benchmark => benchmark.IgnoreIdenticalIds).Select(benchmark => benchmark.Name));
        Assert.Equal("reconstructed", BenchmarkRegistry.Find("MedicalQARetrieval")!.Note);
        Assert.Contains("slice", BenchmarkRegistry.Find("TRECCOVID")!.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingDataIsAnErrorThatSaysHowToGetIt()
    {
        using var data = new TemporaryFolder();
        var error = Assert.Throws<EvaluationException>(() => TaskSelection.Resolve(["NFCorpus"], data.Path, "test"));
        Benchmark benchmark = BenchmarkRegistry.Find("NFCorpus")!;
        foreach (string part in (string[])[data.File("nfcorpus"), benchmark.HubId, benchmark.Revision, "corpus.jsonl", "qrels/test.tsv"])
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains("--data", Assert.Throws<EvaluationException>(() => TaskSelection.Resolve(["NFCorpus"], null, "test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderIsATaskOfItsOwnName()
    {
        using var parent = new TemporaryFolder();
        SyntheticBeir.WriteSmall(parent, "mine");
        RetrievalTask task = Assert.Single(TaskSelection.Resolve([parent.File("mine") + "/"], null, "test"));
        Assert.Equal(("mine", TaskForm.Beir), (task.Name, task.Form));
        Assert.Contains("dev", Assert.Throws<DataFormatException>(() => TaskSelection.Resolve([parent.File("mine")], null, "dev")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderOfJudgedListsGivesTheListOfTheSplit()
    {
        using var parent = new TemporaryFolder();
        Directory.CreateDirectory(parent.File("judged"));
        File.WriteAllText(parent.File("judged/dev.jsonl"), "");
        RetrievalTask task = Assert.Single(TaskSelection.Resolve([parent.File("judged")], null, "dev"));
        Assert.Equal(("judged", TaskForm.File), (task.Name, task.Form));
        Assert.Contains("test.jsonl", Assert.Throws<EvaluationException>(() => TaskSelection.Resolve([parent.File("judged")], null, "test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoTasksOfOneNameOrAnUnknownNameAreErrors()
    {
        using var parent = new TemporaryFolder();
        foreach (string folder in (string[])["a", "b"])
        {
            Directory.CreateDirectory(parent.File(folder));
            SyntheticBeir.WriteSmall(parent, Path.Combine(folder, "same"));
        }

        Assert.Contains("both", Assert.Throws<EvaluationException>(() => TaskSelection.Resolve([parent.File("a/same"), parent.File("b/same")], null, "test")).Message, StringComparison.Ordinal);
        Assert.Contains("NFCorpuss", Assert.Throws<EvaluationException>(() => TaskSelection.Resolve(["NFCorpuss"], parent.Path, "test")).Message, StringComparison.Ordinal);
        Assert.Throws<EvaluationException>(() => TaskSelection.Resolve([" , "], parent.Path, "test"));
    }
}
