using System.Text.Json.Nodes;
using MedEmbed.Evaluation.Leaderboards;
using Microsoft.Playwright;

namespace MedEmbed.Evaluation.Tests.Leaderboards;

[Trait("Category", "Browser")]
public sealed class LeaderboardPageTests : IAsyncLifetime
{
    private const string Prompt = "<img src=\"https://example.org/x.png\"> & answers: ";
    private readonly SyntheticResults _results = new();
    private readonly List<string> _requests = [];
    private readonly List<string> _complaints = [];
    private ChromiumBrowser? _browser;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _browser = await ChromiumBrowser.StartAsync();
        _results.Write("alpha", "NFCorpus", new JsonObject { ["ndcg_at_10"] = 0.3, ["map_at_10"] = 0.9 }, queryPrompt: Prompt, perQuery: [0.5, 0.4, 0.3]);
        _results.Write("beta", "NFCorpus", new JsonObject { ["ndcg_at_10"] = 0.4, ["map_at_10"] = 0.2 }, note: "slice of 10 documents", perQuery: [0.5, 0.4, 0.3]);
        _results.Write("gamma", "NFCorpus", new JsonObject { ["ndcg_at_10"] = 0.2, ["map_at_10"] = 0.3 }, perQuery: [0.2, 0.4, 0.1]);
        string published = _results.WritePublished("""{"note": "read in May", "results": [{"model": "delta", "source": "a <paper>", "prompts": "none", "ndcg_at_10": {"NFCorpus": 0.35}}]}""");
        LeaderboardFolder.Write(Leaderboard.Read([_results.Results], new LeaderboardOptions { PublishedFile = published }), _results.Output);
        IBrowserContext context = await _browser.Browser.NewContextAsync();
        _page = await context.NewPageAsync();
        context.Request += (_, request) => _requests.Add(request.Url);
        _page.Console += (_, message) => _complaints.Add(message.Text);
        _page.PageError += (_, error) => _complaints.Add(error);
        await _page.GotoAsync(Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _results.Dispose();
    }

    [Fact]
    public async Task NoRequestLeavesThePageAndNothingBreaksItsPolicy()
    {
        await _page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await SortByAsync("NFCorpus");
        await _page.FillAsync("#filter", "alpha");
        await _page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Equal([Address], _requests.Where(static url => !url.StartsWith("data:", StringComparison.Ordinal)).Distinct());
        Assert.Empty(_complaints);
        Assert.True(await _page.EvaluateAsync<bool>("[...document.images].every((image) => image.complete && image.naturalWidth > 0)"));
    }

    [Fact]
    public async Task ColumnsSortByPointerAndByKeyboardWithMissingScoresLast()
    {
        Assert.Equal(["beta", "alpha", "gamma", "delta"], await ShownAsync());

        await SortByAsync("NFCorpus");
        Assert.Equal(["beta", "delta", "alpha", "gamma"], await ShownAsync());
        Assert.Equal("descending", await Header("NFCorpus").GetAttributeAsync("aria-sort"));

        await Header("NFCorpus").GetByRole(AriaRole.Button).FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        Assert.Equal(["gamma", "alpha", "delta", "beta"], await ShownAsync());
        Assert.Equal("ascending", await Header("NFCorpus").GetAttributeAsync("aria-sort"));

        await _page.SelectOptionAsync("#metric", "map_at_10");
        Assert.Equal(["beta", "gamma", "alpha", "delta"], await ShownAsync());
    }

    [Fact]
    public async Task RowsAreFilteredByNamePromptAndOrigin()
    {
        await _page.FillAsync("#filter", "ANSWERS");
        Assert.Equal(["alpha"], await ShownAsync());
        Assert.Equal("1 of 4 systems shown", await _page.TextContentAsync("#shown"));

        await _page.FillAsync("#filter", "");
        await _page.SelectOptionAsync("#origin", "published");
        Assert.Equal(["delta"], await ShownAsync());
    }

    [Fact]
    public async Task PromptsStandBesideScoresAsTheyAreAndPublishedRowsAreMarked()
    {
        Assert.Equal($"query: “{Prompt}”", await Row("alpha").Locator(".prompts").TextContentAsync());
        Assert.Equal("none", await Row("gamma").Locator(".prompts").TextContentAsync());
        Assert.StartsWith("published", await Row("delta").Locator("td").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("measured", await Row("alpha").Locator("td").First.InnerTextAsync());
    }

    [Fact]
    public async Task NotesShowOnFocus()
    {
        ILocator mark = Row("beta").Locator(".tip").First, note = mark.Locator(".note");
        Assert.False(await note.IsVisibleAsync());

        await mark.FocusAsync();

        Assert.True(await note.IsVisibleAsync());
        Assert.Equal("slice of 10 documents", await note.TextContentAsync());
    }

    [Fact]
    public async Task AnotherMetricShowsItsOwnScores()
    {
        await _page.SelectOptionAsync("#metric", "map_at_10");

        Assert.Equal("0.9000", await Row("alpha").Locator(".value").First.TextContentAsync());
        Assert.Equal("–", await Row("delta").Locator(".value").First.TextContentAsync());
    }

    private string Address => new Uri(Path.Combine(_results.Output, "leaderboard.html")).AbsoluteUri;

    private ILocator Row(string system) => _page.Locator("#scores tbody tr").Filter(new LocatorFilterOptions { Has = _page.Locator($"th:text-is('{system}')") });

    private ILocator Header(string title) => _page.Locator("#scores thead th").Filter(new LocatorFilterOptions { HasText = title });

    private Task SortByAsync(string title) => Header(title).GetByRole(AriaRole.Button).ClickAsync();

    private async Task<IReadOnlyList<string>> ShownAsync() => await _page.Locator("#scores tbody tr:visible th").AllInnerTextsAsync();
}
