using System.Text.Json;
using CsCheck;
using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Completions;
using MedEmbed.Synthesis.Extraction;

namespace MedEmbed.Synthesis.Tests.Extraction;

public sealed class AnswerParserTests
{
    private const string Entry = """{"query": "what helps", "query_type": "lay", "information": "Rest {helps} [a lot].", "relevance_score": 0.8}""";

    private static readonly string Good = $"{{\"qa_pairs\": [{Entry}]}}";

    public static TheoryData<string, Mends> Mended() => new()
    {
        { Good, Mends.None },
        { $"<think>Is {{this}} [1] it?</think>\n{Good}", Mends.Reasoning },
        { $"I think, therefore\n</think>\n{Good}", Mends.Reasoning },
        { $"```json\n{Good}\n```", Mends.Fence },
        { $"Sure! Here it is:\n```\n{Good}\n```\nAnything else?", Mends.Fence | Mends.Prose },
        { $"Of the note [1] I made {{two}} queries: {Good} I hope this helps!", Mends.Prose },
        { $"{{\"qa_pairs\": [{Entry},]}}", Mends.TrailingComma },
        { $"{{\"qa_pairs\": [{Entry.Replace("0.8}", "0.8,\n}", StringComparison.Ordinal)}]}}", Mends.TrailingComma },
        { Good.Replace("Rest {", "Rest\n\t{", StringComparison.Ordinal), Mends.Characters },
        { Good.Replace("what helps", "what\\'s helpful", StringComparison.Ordinal), Mends.Characters },
        { $"[{Entry}]", Mends.Frame },
        { $"{{\"result\": {Good}}}", Mends.Frame },
        { $"{{\"qa_pairs\": [{Entry}, {{\"query\": \"half", Mends.CutOff },
        { $"```json\n{{\"qa_pairs\": [{Entry}, {{\"query\": \"half a", Mends.Fence | Mends.CutOff },
        { Good.Replace("0.8", "\"0.8\"", StringComparison.Ordinal), Mends.None },
        { Good.Replace("\"lay\"", "\"Lay\"", StringComparison.Ordinal), Mends.None },
    };

    [Theory, MemberData(nameof(Mended))]
    public void AnAnswerIsUsedWhateverStandsAroundIt(string text, Mends mends)
    {
        ParsedAnswer answer = Parse(text);
        Assert.Equal(AnswerFault.None, answer.Fault);
        CandidatePair pair = Assert.Single(answer.Pairs);
        Assert.StartsWith("Rest", pair.Information, StringComparison.Ordinal);
        Assert.Equal(("lay", 0.8), (pair.QueryType, pair.Relevance));
        Assert.Equal(mends, answer.Mends);
    }

    [Theory]
    [InlineData("", AnswerFault.Empty)]
    [InlineData("  \n", AnswerFault.Empty)]
    [InlineData("<think>hm</think>", AnswerFault.CutOff)]
    [InlineData("I cannot assist with that.", AnswerFault.Refused)]
    [InlineData("Sorry, no.", AnswerFault.Refused)]
    [InlineData("The cough is dry.", AnswerFault.NoJson)]
    [InlineData("{'qa_pairs': [{'query': 'x'}]}", AnswerFault.NoJson)]
    [InlineData("""{"qa_pairs": [{"query": "half""", AnswerFault.CutOff)]
    [InlineData("""{"answer": 42}""", AnswerFault.WrongSchema)]
    [InlineData("""{"qa_pairs": "none"}""", AnswerFault.WrongSchema)]
    [InlineData("""{"qa_pairs": [1, 2]}""", AnswerFault.WrongSchema)]
    [InlineData("""{"qa_pairs": [{"query": "\ud800", "query_type": "lay", "information": "x", "relevance_score": 1}]}""", AnswerFault.WrongSchema)]
    public void WhatCannotBeUsedIsNamed(string text, AnswerFault fault)
    {
        ParsedAnswer answer = Parse(text);
        Assert.Equal(fault, answer.Fault);
        Assert.Empty(answer.Pairs);
        Assert.NotNull(answer.Problem);
    }

    [Fact]
    public void NullInformationMeansTheWholeText() => Assert.Null(Parse(Good.Replace("\"Rest {helps} [a lot].\"", "null", StringComparison.Ordinal)).Pairs.Single().Information);

    [Fact]
    public void OneBadEntryDoesNotSpoilTheOthers()
    {
        ParsedAnswer answer = Parse($$"""{"qa_pairs": [{{Entry}}, {"query": "x"}, {{Entry}}]}""");
        Assert.Equal(2, answer.Pairs.Count);
        Assert.Contains("entry 2", answer.EntryFaults.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnAnswerCutAnywhereGivesItsWholeEntriesAndNoOthers()
    {
        string[] queries = ["first", "second } ]", "third \\\" quote", "fourth"];
        string whole = JsonSerializer.Serialize(new { qa_pairs = queries.Select(query => new { query, query_type = "lay", information = "i", relevance_score = 1 }) });
        Gen.Int[0, whole.Length].Sample(length =>
        {
            ParsedAnswer answer = Parse(whole[..length]);
            int expected = whole[..length].Split("\"relevance_score\":1}").Length - 1;
            Assert.Equal(queries.Take(expected), answer.Pairs.Select(pair => pair.Query));
        });
    }

    [Fact]
    public void NoTextMakesItThrow() => Gen.Char["{}[]\",:\\ntu0123 <think>/`abc\n"].Array[0, 60].Select(letters => new string(letters)).Sample(text => Parse(text));

    private static ParsedAnswer Parse(string text) => AnswerParser.Parse(new Completion(text, "stop", null, null, 0, 0));
}
