using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Triplets;
using MedEmbed.Synthesis.Mining;

namespace MedEmbed.Cli.Mining;

/// <summary>Options that say where pairs stand in the input and which of them are taken.</summary>
internal sealed class PairSelectionOptions
{
    private readonly Option<string?> _query = new("--query-field") { Description = "Field (Parquet: column) of the query, where it is not \"query\"." };
    private readonly Option<string?> _positive = new("--positive-field") { Description = "Field of the passage that answers it, where it is not \"positive\"; metadata.answer for a field of an inner object." };
    private readonly Option<string?> _group = new("--group-field") { Description = "Field of the note, page or topic that the passage is from, where it is not \"note_id\"." };
    private readonly Option<string[]> _where = new("--where") { Description = "Take the records whose FIELD=VALUE alone. May be repeated: on several fields all must hold, on the same field one.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _exclude = new("--exclude") { Description = "Regular expression; pairs whose query or positive it matches are left out." };
    private readonly Option<string> _split = new("--split") { Description = "Which judgments of a BEIR folder.", DefaultValueFactory = _ => "train" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_query, _positive, _group, _where, _exclude, _split])
            command.Options.Add(option);
    }

    /// <summary>Pairs beside <paramref name="output"/>, made of <paramref name="pairs"/> in another form or without some; null where <paramref name="pairs"/> is one file that can be mined as it is.</summary>
    public async Task<ConvertedPairs?> ConvertAsync(CommandInvocation invocation, IReadOnlyList<string> pairs, string output, bool skipBadLines, CancellationToken cancellationToken)
    {
        Regex? exclude = Exclude(invocation);
        PairFields? fields = Fields(invocation);
        if (exclude is null && fields is null && pairs is [{ } single] && !Directory.Exists(single))
            return null;
        if (output == "-")
            throw new UsageException("Several inputs, a BEIR folder, field names, --where and --exclude need a place for the pairs beside the output; give --output a file.");
        if (pairs.FirstOrDefault(path => !Path.Exists(path) && (path != "-" || pairs.Count > 1)) is { } missing)
            throw new FileNotFoundException($"{missing}: there is no such file or folder.", missing);
        var converted = new ConvertedPairs(output + ".pairs.jsonl");
        var options = new TripletSourceOptions { Split = invocation.Get(_split)!, Fields = fields, SkipBadLines = skipBadLines };
        IReadOnlyList<PairConversionResult> results = await PairConversion.WriteAsync(pairs, options, exclude, converted.Path, cancellationToken).ConfigureAwait(false);
        foreach (PairConversionResult result in results)
            Tell(invocation, result);
        if (results.FirstOrDefault(result => result.Pairs == 0) is not { } empty)
            return converted;
        converted.Dispose();
        throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{empty.Input}: none of its {empty.Lines:N0} lines gives a pair; look at --where, --exclude and the fields."));
    }

    /// <summary>Finds a condition or expression that is none.</summary>
    public void Check(CommandInvocation invocation) => _ = (Exclude(invocation), Fields(invocation));

    private Regex? Exclude(CommandInvocation invocation) => invocation.Get(_exclude) is { } pattern ? RegexOf(pattern) : null;

    private PairFields? Fields(CommandInvocation invocation)
    {
        FieldCondition[] conditions = Array.ConvertAll(invocation.Get(_where) ?? [], ConditionOf);
        if (conditions.Length == 0 && !new[] { _query, _positive, _group }.Any(invocation.Has))
            return null;
        PairFields fields = new() { Group = Name(invocation, _group), Conditions = conditions };
        return fields with { Query = Name(invocation, _query) ?? fields.Query, Positive = Name(invocation, _positive) ?? fields.Positive };
    }

    private static string? Name(CommandInvocation invocation, Option<string?> option) =>
        invocation.Get(option) is not "" and var name ? name : throw new UsageException($"{option.Name} is empty; give a field's name.");

    private static FieldCondition ConditionOf(string given) =>
        FieldCondition.TryParse(given, out FieldCondition condition) ? condition : throw new UsageException($"--where must be FIELD=VALUE, as label=1, not \"{given}\".");

    private static Regex RegexOf(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"--exclude is no regular expression: {error.Message}");
        }
    }

    private static void Tell(CommandInvocation invocation, PairConversionResult result)
    {
        invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{result.Input}: {result.Pairs:N0} pairs of {result.Lines:N0} lines; left out: {result.Excluded:N0} by --exclude, {result.SameTexts:N0} whose texts are the same."));
        TellLines(invocation, "make no pair", result.Omitted);
        TellLines(invocation, "are faulty and left out", result.BadLines);
    }

    private static void TellLines(CommandInvocation invocation, string what, BadLines lines)
    {
        if (lines.Count == 0)
            return;
        invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{lines.Count:N0} lines {what}:"));
        foreach (string reason in lines.FirstReasons)
            invocation.Progress.Note($"  {reason}");
    }
}
