using System.Text.Json;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Tests.Generation;

/// <summary>Notes, and answers that fit them.</summary>
public static class TestNotes
{
    public static Note Note(int number) => new(
        FormattableString.Invariant($"n{number}"), null,
        FormattableString.Invariant($"HISTORY: The woman has had a dry cough for {number + 2} weeks.\nFINDINGS: Chest radiography revealed a nodule of {number + 10} mm in the left upper lobe.\nPLAN: Computed tomography is repeated after {number + 3} months."));

    public static async IAsyncEnumerable<Note> Stream(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return Note(i);
        }
    }

    /// <summary>A good answer about the note that stands in a request's text.</summary>
    public static string Answer(string request)
    {
        string cough = Between(request, "The woman has had a dry cough for ", ".");
        string nodule = Between(request, "Chest radiography revealed ", ".");
        return JsonSerializer.Serialize(new
        {
            qa_pairs = new object[]
            {
                new { query = "how long did the coughing last", query_type = "lay", information = $"The woman has had a dry cough for {cough}.", relevance_score = 0.9 },
                new { query = "lung nodule size left upper lobe x-ray", query_type = "keyword", information = $"Chest radiography revealed {nodule}.", relevance_score = 0.9 },
            },
        });
    }

    private static string Between(string text, string before, string after)
    {
        int start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }
}
