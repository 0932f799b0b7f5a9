using System.Text.Json;
using System.Text.RegularExpressions;
using MedEmbed.Synthesis.Completions;

namespace MedEmbed.Synthesis.Extraction;

/// <summary>Reads the pairs out of an answer, whatever the model put around them.</summary>
public static partial class AnswerParser
{
    private const int MostStarts = 200;
    private const int ShortestRefusal = 400;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 };

    /// <summary>What <paramref name="completion"/> says.</summary>
    public static ParsedAnswer Parse(Completion completion)
    {
        ArgumentNullException.ThrowIfNull(completion);
        bool cutOff = completion.FinishReason == "length";
        if (completion.Refusal is not null || completion.FinishReason == "content_filter")
            return Without(AnswerFault.Refused, "the endpoint or its filter refused to answer.", Mends.None);
        string text = WithoutReasoning(completion.Text, out Mends mends);
        if (text.Length == 0)
            return cutOff || mends != Mends.None
                ? Without(AnswerFault.CutOff, "the answer ended before any JSON; think less, and begin with the JSON object.", mends)
                : Without(AnswerFault.Empty, "it was empty.", mends);
        text = WithoutFence(text, ref mends);
        (ParsedAnswer? found, bool json, bool broken) = Search(text, mends);
        if (found is not null)
            return found;
        if (!json && !broken && text.Length < ShortestRefusal && Refusal().IsMatch(text))
            return Without(AnswerFault.Refused, "the model declined to answer.", mends);
        if (broken || cutOff)
            return Without(AnswerFault.CutOff, "it ended before the first entry was whole; give fewer and shorter entries.", mends);
        return json
            ? Without(AnswerFault.WrongSchema, "the JSON had no array \"qa_pairs\" of objects with \"query\", \"query_type\", \"information\" and \"relevance_score\".", mends)
            : Without(AnswerFault.NoJson, "it held no valid JSON; write one JSON object with double quotes and nothing around it.", mends);
    }

    private static (ParsedAnswer? Found, bool Json, bool Broken) Search(string text, Mends mends)
    {
        bool json = false, broken = false;
        int starts = 0;
        for (int at = text.AsSpan().IndexOfAny('{', '['); at >= 0 && starts < MostStarts; starts++)
        {
            var mended = MendedJson.Read(text.AsSpan(at));
            if (mended.Json is null)
                broken = true;
            int next = at + 1;
            if (mended.Json is not null && TryParse(mended.Json) is { } document)
            {
                using (document)
                {
                    Mends all = mends | mended.Mends | ProseAround(text, at, at + mended.Consumed);
                    if (AnswerEntries.Read(document.RootElement, all) is { } answer)
                        return (answer, true, false);
                }

                json |= document is not null && text[at] == '{';
                next = at + Math.Max(1, mended.Consumed);
            }

            int further = next < text.Length ? text.AsSpan(next).IndexOfAny('{', '[') : -1;
            at = further < 0 ? -1 : next + further;
        }

        return (null, json, broken && !json);
    }

    private static JsonDocument? TryParse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, Lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Mends ProseAround(string text, int start, int end) =>
        text.AsSpan(0, start).IsWhiteSpace() && text.AsSpan(Math.Min(end, text.Length)).IsWhiteSpace() ? Mends.None : Mends.Prose;

    private static string WithoutReasoning(string text, out Mends mends)
    {
        string rest = ReasoningBlock().Replace(text, "");
        if (ReasoningEnd().Match(rest) is { Success: true } end)
            rest = rest[(end.Index + end.Length)..];
        else if (ReasoningStart().Match(rest) is { Success: true } start)
            rest = rest[..start.Index];
        mends = rest.Length == text.Length ? Mends.None : Mends.Reasoning;
        return rest.Trim();
    }

    private static string WithoutFence(string text, ref Mends mends)
    {
        if (Fence().Match(text) is not { Success: true } fence)
            return text;
        mends |= Mends.Fence;
        if (fence.Index > 0 || fence.Index + fence.Length < text.Length)
            mends |= Mends.Prose;
        return fence.Groups[1].Value.Trim();
    }

    private static ParsedAnswer Without(AnswerFault fault, string problem, Mends mends) => new([], [], fault, problem, mends);

    [GeneratedRegex(@"<(think|thinking|reasoning|thought)>.*?</\1>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReasoningBlock();

    [GeneratedRegex(@"</(?:think|thinking|reasoning|thought)>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex ReasoningEnd();

    [GeneratedRegex(@"<(?:think|thinking|reasoning|thought)>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReasoningStart();

    // The first fence that holds a JSON value; one that is never closed was cut off.
    [GeneratedRegex(@"```[a-zA-Z]*\s*([\[{].*?)(?:```|\z)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\W*(?:I['’]?m (?:very |really )?sorry|sorry|I apologi[sz]e|I can(?:no|['’])t|I am (?:not able|unable)|I['’]m (?:not able|unable)|as an AI|unfortunately,? I)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Refusal();
}
