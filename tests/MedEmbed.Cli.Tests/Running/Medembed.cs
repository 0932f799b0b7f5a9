using MedEmbed.Cli.CommandLine;

namespace MedEmbed.Cli.Tests.Running;

/// <summary>Runs the command in this process, with a world of its own.</summary>
public sealed class Medembed
{
    private readonly Dictionary<string, string> _variables = [];

    public Medembed(string cacheFolder) => _variables["MEDEMBED_CACHE"] = cacheFolder;

    /// <summary>Standard input of the next run.</summary>
    public byte[] Input { get; set; } = [];

    public Medembed With(string variable, string value)
    {
        var copy = new Medembed(_variables["MEDEMBED_CACHE"]);
        foreach ((string name, string given) in _variables)
            copy._variables[name] = given;
        copy._variables[variable] = value;
        return copy;
    }

    public Medembed WithInput(string text)
    {
        Medembed copy = With("MEDEMBED_CACHE", _variables["MEDEMBED_CACHE"]);
        copy.Input = System.Text.Encoding.UTF8.GetBytes(text);
        return copy;
    }

    public Task<CommandResult> RunAsync(params string[] arguments) => RunUntilAsync(TestContext.Current.CancellationToken, arguments);

    /// <summary>Runs it until <paramref name="stop"/> is cancelled, as Ctrl-C does.</summary>
    public async Task<CommandResult> RunUntilAsync(CancellationToken stop, params string[] arguments)
    {
        using var output = new MemoryStream();
        await using var text = new StreamWriter(output, new System.Text.UTF8Encoding(false), leaveOpen: true) { AutoFlush = true };
        await using var error = new StringWriter();
        var environment = new CommandEnvironment(
            text, error, () => output, () => new MemoryStream(Input), name => _variables.GetValueOrDefault(name), ErrorIsTerminal: false);
        int code = await new MedEmbedCommandLine(environment).RunAsync(arguments, stop);
        return new CommandResult(code, output.ToArray(), error.ToString());
    }
}
