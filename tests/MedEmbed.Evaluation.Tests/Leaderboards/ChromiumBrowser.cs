using Microsoft.Playwright;

namespace MedEmbed.Evaluation.Tests.Leaderboards;

/// <summary>The system's Chromium, driven by Playwright.</summary>
internal sealed class ChromiumBrowser : IAsyncDisposable
{
    private static readonly string[] Paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;

    private ChromiumBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    /// <summary>Starts it; skips the running test where there is no Chromium, or fails it where <c>CI=true</c>.</summary>
    public static async Task<ChromiumBrowser> StartAsync()
    {
        string? path = Paths.FirstOrDefault(File.Exists);
        if (path is null)
        {
            const string Reason = "Chromium is missing; install it (apt-get install chromium).";
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(Reason);
            Assert.Skip(Reason);
        }

        IPlaywright playwright = await Playwright.CreateAsync();
        return new ChromiumBrowser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Headless = true, Args = Arguments }));
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
