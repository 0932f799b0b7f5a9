using System.Globalization;

namespace MedEmbed.Synthesis.Notes;

/// <summary>What is asked about at once: a note, or a part of a long one.</summary>
/// <param name="Note">The note.</param>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Count">Parts of the note.</param>
/// <param name="Text">The part's text, a piece of the note's.</param>
public sealed record NotePart(Note Note, int Number, int Count, string Text)
{
    /// <summary>The note's id; <c>id#number</c> where the note has several parts.</summary>
    public string Id => Count == 1 ? Note.Id : string.Create(CultureInfo.InvariantCulture, $"{Note.Id}#{Number}");
}
