using System.Text.Json;
using MedEmbed.Synthesis.Notes;
using MedEmbed.Synthesis.Tests.Generation;

namespace MedEmbed.Cli.Tests.Generation;

/// <summary>Test notes as a file.</summary>
internal static class NoteFile
{
    public static string Write(string path, int notes)
    {
        File.WriteAllLines(path, Enumerable.Range(0, notes).Select(i =>
        {
            Note note = TestNotes.Note(i);
            return JsonSerializer.Serialize(new { id = note.Id, text = note.Text });
        }));
        return path;
    }
}
