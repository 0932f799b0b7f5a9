using System.Reflection;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MedEmbed.Data.Outputs;
using MedEmbed.Synthesis.Candidates;

namespace MedEmbed.Synthesis.Prompts;

/// <summary>The wording of requests: a folder of text files, of which the defaults are built in.</summary>
/// <remarks>
/// <c>system.md</c>, <c>note.md</c> (with <c>{{note}}</c>, <c>{{queries}}</c>, and where wanted <c>{{types}}</c>, <c>{{title}}</c>, <c>{{count}}</c>), <c>repair.md</c> (with <c>{{problem}}</c>),
/// <c>queries/TYPE.md</c> for each type of query, and <c>VERSION</c>. Immutable and thread-safe.
/// </remarks>
public sealed partial class PromptSet
{
    private const string ResourcePrefix = "prompts/";
    private const int LongestFile = 100_000;

    private static readonly string[] FileNames = ["VERSION", "system.md", "note.md", "repair.md", .. QueryTypes.All.Select(static type => $"queries/{type}.md")];

    private readonly Dictionary<string, string> _texts;

    private PromptSet(Dictionary<string, string> texts, string origin)
    {
        _texts = texts;
        foreach (string name in FileNames.Where(static name => name is not ("note.md" or "repair.md")))
            RequirePlaceholders(origin, name, [], []);
        RequirePlaceholders(origin, "note.md", ["note", "queries"], ["types", "title", "count"]);
        RequirePlaceholders(origin, "repair.md", ["problem"], []);
        byte[] all = System.Text.Encoding.UTF8.GetBytes(string.Join('\0', FileNames.Select(name => $"{name}\0{texts[name]}")));
        Version = $"{texts["VERSION"]}+{Convert.ToHexStringLower(SHA256.HashData(all).AsSpan(0, 4))}";
    }

    /// <summary>The built-in wording.</summary>
    public static PromptSet Default { get; } = new(FileNames.ToDictionary(static name => name, static name => ReadResource(name).Trim()), "built-in prompts");

    /// <summary>The version that the set names, and eight hexadecimal digits of its content's hash, so that an edited set never passes for another.</summary>
    public string Version { get; }

    /// <summary>Reads a folder as <see cref="Export"/> writes it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="SynthesisFormatException">A file is missing, empty or too long, or lacks a placeholder, or has one that is unknown.</exception>
    public static PromptSet Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: there is no such folder of prompts.");
        return new PromptSet(FileNames.ToDictionary(static name => name, name => ReadFile(folder, name)), folder);
    }

    /// <summary>Writes the files to <paramref name="folder"/>, to be edited.</summary>
    /// <exception cref="OutputExistsException">The folder is there and not empty.</exception>
    public void Export(string folder)
    {
        using AtomicFolder output = AtomicFolder.Open(folder);
        Directory.CreateDirectory(Path.Combine(output.Path, "queries"));
        foreach (string name in FileNames)
            File.WriteAllText(Path.Combine(output.Path, name), _texts[name] + "\n");
        output.Complete();
    }

    /// <summary>The text of <paramref name="name"/>, its placeholders filled in.</summary>
    internal string Fill(string name, params ReadOnlySpan<(string Placeholder, string Value)> values)
    {
        // In one pass, so that what is filled in is never taken for a placeholder itself.
        Dictionary<string, string> given = [];
        foreach ((string placeholder, string value) in values)
            given[placeholder] = value;
        return Placeholder().Replace(_texts[name], match => given[match.Groups[1].Value]);
    }

    private static string ReadResource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourcePrefix + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string ReadFile(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new SynthesisFormatException(path, "is missing; a folder of prompts has every file that --export-prompts writes.");
        if (new FileInfo(path).Length > LongestFile)
            throw new SynthesisFormatException(path, FormattableString.Invariant($"is longer than {LongestFile} bytes; this is no prompt."));
        string text = File.ReadAllText(path).Trim();
        return text.Length > 0 ? text : throw new SynthesisFormatException(path, "is empty; every prompt needs a text.");
    }

    private void RequirePlaceholders(string origin, string name, string[] needed, string[] allowed)
    {
        string[] found = [.. Placeholder().Matches(_texts[name]).Select(static match => match.Groups[1].Value).Distinct()];
        if (needed.Except(found).FirstOrDefault() is { } missing)
            throw new SynthesisFormatException($"{origin}/{name}", $"lacks the placeholder {{{{{missing}}}}}; put it where the text belongs.");
        if (found.Except(needed).Except(allowed).FirstOrDefault() is { } unknown)
            throw new SynthesisFormatException($"{origin}/{name}", $"has the unknown placeholder {{{{{unknown}}}}}; known are: {string.Join(' ', needed.Concat(allowed).Select(static known => $"{{{{{known}}}}}"))}.");
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
