using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MedEmbed.Data.NearDuplicates;
using MedEmbed.Synthesis.Grounding;

namespace MedEmbed.Synthesis.Notes;

/// <summary>Leaves out notes whose text, white space and case folded, stood before, and those nearly like an earlier one (MinHash over word n-grams).</summary>
/// <remarks>Memory is about 1.3 kB a note. The first of several stays. For one stream at a time; the counters may be read between two notes.</remarks>
public sealed class NoteDeduplicator
{
    private readonly NearDuplicateOptions _options;

    /// <summary>Leaves out what <paramref name="options"/> call near; null is a similarity of 0.9 with the other defaults.</summary>
    public NoteDeduplicator(NearDuplicateOptions? options = null) => _options = options ?? new NearDuplicateOptions { Threshold = 0.9 };

    /// <summary>Notes left out because they equal an earlier one.</summary>
    public long Exact { get; private set; }

    /// <summary>Notes left out because they are nearly an earlier one.</summary>
    public long Near { get; private set; }

    /// <summary>The notes that stay, in order.</summary>
    public async IAsyncEnumerable<Note> ApplyAsync(IAsyncEnumerable<Note> notes, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(notes);
        (Exact, Near) = (0, 0);
        HashSet<UInt128> seen = [];
        NearDuplicateIndex near = new(_options);
        await foreach (Note note in notes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!seen.Add(BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(FoldedText.Of(note.Text))))))
            {
                Exact++;
            }
            else if (near.Find(note.Text).Count > 0)
            {
                Near++;
            }
            else
            {
                near.Add(note.Text);
                yield return note;
            }
        }
    }
}
