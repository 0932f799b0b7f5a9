using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Synthesis.Lexical;
using MedEmbed.Synthesis.Lexical.Codes;

namespace MedEmbed.Cli.Generation;

/// <summary>Options of pairs from terminologies.</summary>
internal sealed class LexicalCliOptions
{
    private static readonly Dictionary<string, LexicalKind> Kinds = Enum.GetValues<LexicalKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly Dictionary<string, CodeSystem> Systems = new(StringComparer.Ordinal)
    {
        ["icd-10"] = CodeSystem.Icd10,
        ["icd-9"] = CodeSystem.Icd9,
        ["mesh"] = CodeSystem.Mesh,
        ["omim"] = CodeSystem.Omim,
        ["snomed-ct"] = CodeSystem.SnomedCt,
        ["nci"] = CodeSystem.Nci,
        ["umls"] = CodeSystem.Umls,
        ["orphanet"] = CodeSystem.Orphanet,
    };

    private readonly Option<string[]> _kinds = Several("--lexical-kinds", "Kinds of pairs from terminologies: synonym, definition, code, abbreviation. Default: all.");
    private readonly Option<string[]> _systems = Several("--lexical-codes", "Coding systems of code pairs: icd-10, icd-9, mesh, omim, snomed-ct, nci, umls, orphanet. Default: the first five.");
    private readonly Option<string> _grouping = new Option<string>("--lexical-group")
    {
        Description = "What note_id names: the term; or siblings, the children of its parent, whose passages mine --source in-group takes for negatives.",
        DefaultValueFactory = _ => "term",
    }.AcceptOnlyFromAmong("term", "siblings");

    /// <summary>The folder; null where pairs are made of something else.</summary>
    public Option<string?> Folder { get; } = new("--lexical") { Description = "Make pairs of the terminologies in this folder, without an LLM: an ontology, abbreviations, MeSH names, subjects of pages." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Folder, _kinds, _systems, _grouping])
            command.Options.Add(option);
    }

    public string RequireFolder(CommandInvocation invocation)
    {
        string folder = invocation.Get(Folder)!;
        if (File.Exists(folder))
            throw new UsageException($"{folder}: is a file; name the folder that holds it.");
        return Directory.Exists(folder) ? folder : throw new DirectoryNotFoundException($"{folder}: there is no such folder.");
    }

    public LexicalOptions Of(CommandInvocation invocation)
    {
        var options = new LexicalOptions { Grouping = invocation.Get(_grouping) == "siblings" ? LexicalGrouping.Siblings : LexicalGrouping.Term };
        return options with { Kinds = Chosen(invocation, _kinds, Kinds) ?? options.Kinds, CodeSystems = Chosen(invocation, _systems, Systems) ?? options.CodeSystems };
    }

    private static Option<string[]> Several(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true };

    private static T[]? Chosen<T>(CommandInvocation invocation, Option<string[]> option, Dictionary<string, T> known)
        where T : struct =>
        invocation.Get(option) is not { Length: > 0 } given
            ? null
            : [.. given.Select(name => known.TryGetValue(name, out T value) ? value : throw new UsageException($"{option.Name} must be among {string.Join(", ", known.Keys)}, not \"{name}\".")).Distinct()];
}
