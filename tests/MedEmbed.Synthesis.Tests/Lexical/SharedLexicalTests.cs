using System.Text.Json;
using System.Text.RegularExpressions;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Texts;
using MedEmbed.Synthesis.Lexical;

namespace MedEmbed.Synthesis.Tests.Lexical;

/// <summary>Pairs of the shared terminologies, compared with the files themselves.</summary>
[Trait("Category", "Golden")]
public sealed partial class SharedLexicalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PairsOfTheSharedTerminologiesHoldWhatTheirSourcesSay()
    {
        string terms = SharedFiles.Require("data/lexical");
        LexicalReport report = await new LexicalRun().ExecuteAsync(terms, _folder.File("out"), cancellationToken: TestContext.Current.CancellationToken);
        List<QueryPassagePair> pairs = await Terminologies.ReadPairsAsync(_folder.File("out"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{report.Pairs} of {report.Candidates}; {Listed(report.ByType)}; rejected: {Listed(report.Rejected)}");
        Assert.Equal((report.Pairs, report.Candidates), (pairs.Count, report.Pairs + report.Rejected.Values.Sum()));
        Assert.All(Enum.GetNames<LexicalKind>(), kind => Assert.True(report.ByType[kind.ToLowerInvariant()] > 0, kind));
        Assert.Equal(pairs.Count, pairs.Select(pair => (NormalizedText.Of(pair.Query), NormalizedText.Of(pair.Positive))).Distinct().Count());
        foreach (QueryPassagePair pair in pairs)
        {
            Assert.NotEqual(Bag(pair.Query), Bag(pair.Positive));
            Assert.True(pair.Positive.Count(char.IsLetterOrDigit) >= 4 && pair.Query.Count(char.IsLetterOrDigit) >= 2, pair.QueryId);
            Assert.False(pair.QueryId.Any(char.IsWhiteSpace) || string.IsNullOrEmpty(pair.NoteId), pair.QueryId);
            Assert.DoesNotMatch(Leftover(), pair.Query + "\n" + pair.Positive);
        }

        RequireCodesOfTheSource(pairs, Path.Combine(terms, "disease_ontology.jsonl"));
        RequireAllExpansions(pairs, Path.Combine(terms, "medical_abbreviations.jsonl"));
    }

    /// <summary>Every ICD code of a pair is one that the ontology gives a term of the passage's name.</summary>
    private static void RequireCodesOfTheSource(List<QueryPassagePair> pairs, string ontology)
    {
        var codes = new HashSet<(string Name, string Code)>();
        foreach (JsonElement term in File.ReadLines(ontology).Select(line => JsonSerializer.Deserialize<JsonElement>(line)))
        {
            foreach (string reference in term.GetProperty("xrefs").EnumerateArray().Select(reference => reference.GetString()!).Where(reference => reference.StartsWith("ICD", StringComparison.Ordinal)))
                codes.Add((Tidy(term.GetProperty("name").GetString()!), reference.Split(':')[1]));
        }

        ILookup<string, string> namesOf = codes.ToLookup(entry => entry.Code, entry => entry.Name);
        var seen = new HashSet<(string Name, string Code)>();
        foreach (QueryPassagePair pair in pairs.Where(pair => pair is { QueryType: "code", Source: "lexical/disease-ontology" }))
        {
            if (CodeLine().Match(pair.Positive) is { Success: true } line)
            {
                foreach (string code in line.Groups["codes"].Value.Split(", "))
                    Assert.True(codes.Contains((line.Groups["name"].Value, code)) && seen.Add((line.Groups["name"].Value, code)), $"{pair.QueryId}: {code}");
            }
            else if (IcdQuery().Match(pair.Query) is { Success: true } query)
            {
                Assert.Contains(namesOf[query.Groups["code"].Value], name => pair.Positive == name || pair.Positive.StartsWith(name + ": ", StringComparison.Ordinal));
            }
        }

        Assert.True(seen.Count == codes.Count, $"{codes.Count - seen.Count} of {codes.Count} codes stand in no pair: {string.Join(", ", codes.Except(seen).Take(5))}");
    }

    /// <summary>An abbreviation's expansions all stand behind the same query, by whichever kind of pair.</summary>
    private static void RequireAllExpansions(List<QueryPassagePair> pairs, string abbreviations)
    {
        ILookup<string, string> positives = pairs.ToLookup(pair => NormalizedText.Of(pair.Query), pair => NormalizedText.Of(pair.Positive));
        int ambiguous = 0;
        foreach (IGrouping<string, string> group in File.ReadLines(abbreviations).Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .GroupBy(entry => entry.GetProperty("abbreviation").GetString()!, entry => entry.GetProperty("expansion").GetString()!))
        {
            string[] expansions = [.. group.Where(text => text.Count(char.IsLetterOrDigit) >= 4 && Bag(text) != Bag(group.Key)).Select(NormalizedText.Of).Distinct()];
            ambiguous += expansions.Length > 1 ? 1 : 0;
            if (group.Key.Count(char.IsLetterOrDigit) >= 2)
                Assert.Empty(expansions.Except(positives[NormalizedText.Of(group.Key)]));
        }

        Assert.True(ambiguous > 0);
    }

    private static string Bag(string text) => string.Join(' ', NormalizedText.Of(text).Split(' ').Order(StringComparer.Ordinal));

    private static string Tidy(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Listed(IEnumerable<KeyValuePair<string, long>> counts) => string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));

    [GeneratedRegex(@"^(?<name>.+): ICD-(?:10|9) (?<codes>[A-Z0-9.,\- ]+)$")]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"^(?:ICD-?(?:10|9)(?:-CM)?(?: code)? )?(?<code>[A-Z0-9]{3,4}(?:\.[A-Z0-9]{1,4})?(?:-[A-Z0-9.]{3,8})?)$")]
    private static partial Regex IcdQuery();

    [GeneratedRegex(@"\[(?:Ambiguous|dup|obs)\]|\((?:disorder|finding|morphologic abnormality)\)$|results_in|located_in|\\n", RegexOptions.Multiline)]
    private static partial Regex Leftover();
}
