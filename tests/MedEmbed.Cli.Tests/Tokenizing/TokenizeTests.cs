using System.Text.Json;
using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Tokenizing;

public sealed class TokenizeTests(TinyModelFixture tiny) : IClassFixture<TinyModelFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact, Trait("Category", "Golden")]
    public async Task IdsEqualHuggingFaceThroughTheCommand()
    {
        foreach (IGrouping<(string Tokenizer, int? MaxLength), GoldenTokens> group in GoldenTokens.ReadAll())
        {
            GoldenTokens[] cases = [.. group];
            string input = _folder.File("texts.jsonl");
            await File.WriteAllLinesAsync(input, cases.Select(golden => golden.Line), TestContext.Current.CancellationToken);
            string[] length = group.Key.MaxLength is { } max ? ["--max-length", max.ToString(System.Globalization.CultureInfo.InvariantCulture)] : [];
            CommandResult result = await tiny.Medembed.RunAsync(["tokenize", input, "--model", GoldenTokens.FolderOf(group.Key.Tokenizer), .. length]);
            JsonElement[] rows = result.Expect(0).JsonLines;
            Assert.Equal(cases.Length, rows.Length);
            for (int i = 0; i < cases.Length; i++)
                AssertEqual(cases[i], rows[i]);
        }
    }

    [Fact]
    public async Task AFolderWithATokenizerAloneIsEnough()
    {
        foreach (string file in (string[])["vocab.txt", "tokenizer_config.json"])
            File.Copy(Path.Combine(tiny.Model, file), _folder.File(file));
        CommandResult result = (await tiny.Medembed.WithInput("ab\n").RunAsync("tokenize", "--model", _folder.Path)).Expect(0);
        Assert.Equal("""{"_id":"0","ids":[2,5,42,3]}""", Assert.Single(result.Lines));
    }

    [Fact]
    public async Task APairAddsTypes()
    {
        CommandResult result = (await tiny.Medembed.WithInput("""{"_id":"p","text":"a","pair":"b"}""").RunAsync("tokenize", "--model", tiny.Model)).Expect(0);
        Assert.Equal("""{"_id":"p","ids":[2,5,3,6,3],"type_ids":[0,0,0,1,1]}""", Assert.Single(result.Lines));
    }

    [Fact]
    public async Task NoPromptIsAddedAndNothingTruncatedUnlessAsked()
    {
        string text = string.Join(' ', Enumerable.Repeat("a", 300));
        CommandResult whole = (await tiny.Medembed.WithInput(text).RunAsync("tokenize", "--model", tiny.Model)).Expect(0);
        CommandResult cut = (await tiny.Medembed.WithInput(text).RunAsync("tokenize", "--model", tiny.Model, "--max-length", "2")).Expect(0);
        Assert.Equal(302, whole.JsonLines[0].GetProperty("ids").GetArrayLength());
        Assert.Equal([2, 3], GoldenTokens.Numbers(cut.JsonLines[0].GetProperty("ids")));
    }

    [Fact]
    public async Task AFinishedOutputNeedsOverwriteAndASummaryCounts()
    {
        string[] command = ["tokenize", "--model", tiny.Model, "--output", _folder.File("ids.jsonl"), "--json"];
        JsonElement summary = (await tiny.Medembed.WithInput("a\nb c\n").RunAsync(command)).Expect(0).Json;
        Assert.Equal((2, 7), (summary.GetProperty("texts").GetInt32(), summary.GetProperty("tokens").GetInt32()));
        Assert.Contains("--overwrite", (await tiny.Medembed.WithInput("z\n").RunAsync(command)).ExpectUsageError(), StringComparison.Ordinal);
        (await tiny.Medembed.WithInput("z\n").RunAsync([.. command, "--overwrite"])).Expect(0);
        Assert.Single(File.ReadLines(_folder.File("ids.jsonl")));
    }

    [Fact]
    public async Task AFolderWithoutATokenizerIsRefusedByName() =>
        Assert.Contains(_folder.Path, (await tiny.Medembed.RunAsync("tokenize", "--model", _folder.Path)).ExpectUsageError(), StringComparison.Ordinal);

    private static void AssertEqual(GoldenTokens golden, JsonElement row)
    {
        int[] ids = GoldenTokens.Numbers(row.GetProperty("ids"));
        Assert.True(golden.Ids.SequenceEqual(ids), $"{golden.Line}\nexpected {string.Join(' ', golden.Ids)}\nactual   {string.Join(' ', ids)}");
        if (golden.TypeIds is not null)
            Assert.Equal(golden.TypeIds, GoldenTokens.Numbers(row.GetProperty("type_ids")));
        else
            Assert.False(row.TryGetProperty("type_ids", out _));
    }
}
