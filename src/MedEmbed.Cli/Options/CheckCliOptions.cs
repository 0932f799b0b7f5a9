using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Synthesis.Checks;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Grounding;

namespace MedEmbed.Cli.Options;

/// <summary>Options of the checks that pairs pass.</summary>
internal sealed class CheckCliOptions
{
    private readonly Option<double?> _relevance = Share("--min-relevance", "Relevance below which a pair is dropped, 0 to 1; by default 0.5.");
    private readonly Option<double?> _grounding = Share("--min-grounding", "Share of a response that must stand in its note, 0 to 1; by default 0.9; 1 wants every sentence word for word.");
    private readonly Option<int?> _queryCharacters = NumberOption.Create("--max-query-characters", "Characters a query may have, by default 400.");
    private readonly Option<int?> _responseCharacters = NumberOption.Create("--max-response-characters", "Characters a response may have, by default 8000.");
    private readonly Option<bool> _acrossNotes = new("--unique-queries") { Description = "Reject queries that nearly repeat one of any note, not of their own note alone." };
    private readonly Option<bool> _keepIdentifiers = new("--keep-identifiers") { Description = "Keep queries with dates, numbers or names by which a patient could be found." };
    private readonly Option<int?> _roundTrip = NumberOption.Create("--round-trip", "Keep only pairs whose query finds its response among the first so many of all responses (BM25).");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_relevance, _grounding, _queryCharacters, _responseCharacters, _acrossNotes, _keepIdentifiers, _roundTrip])
            command.Options.Add(option);
    }

    /// <summary><paramref name="options"/> with the checks that the command line asks for.</summary>
    public GenerationOptions Of(CommandInvocation invocation, GenerationOptions options)
    {
        CheckOptions checks = options.Checks with { DuplicatesAcrossNotes = invocation.Get(_acrossNotes), Identifiers = !invocation.Get(_keepIdentifiers) };
        if (invocation.Get(_relevance) is { } relevance)
            checks = checks with { MinRelevance = relevance };
        if (invocation.Get(_grounding) is { } grounding)
            checks = checks with { Grounding = new GroundingOptions { MinScore = grounding } };
        if (invocation.Get(_queryCharacters) is { } query)
            checks = checks with { MaxQueryCharacters = query };
        if (invocation.Get(_responseCharacters) is { } response)
            checks = checks with { MaxResponseCharacters = response };
        return options with { Checks = checks, RoundTripTop = invocation.Get(_roundTrip) };
    }

    private static Option<double?> Share(string name, string description) => new(name) { Description = description, CustomParser = result => ParseShare(result, name) };

    private static double? ParseShare(ArgumentResult result, string name)
    {
        string given = result.Tokens[^1].Value;
        if (double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 1)
            return number;
        result.AddError($"{name} must be a number from 0 to 1, not \"{given}\".");
        return null;
    }
}
