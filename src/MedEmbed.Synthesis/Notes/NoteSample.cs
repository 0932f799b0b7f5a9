using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace MedEmbed.Synthesis.Notes;

/// <summary>A random sample of a stream: the notes whose ids hash lowest under a seed, so that it depends on seed and ids alone, not on the order.</summary>
public static class NoteSample
{
    /// <summary>Keeps <paramref name="count"/> notes, in the order of the stream; memory is that of the notes kept.</summary>
    /// <param name="notes">The stream.</param>
    /// <param name="count">Notes to keep, at least 1; all where there are fewer.</param>
    /// <param name="seed">Another seed, another sample.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<Note>> TakeAsync(IAsyncEnumerable<Note> notes, int count, int seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        PriorityQueue<(long Place, Note Note), ulong> kept = new(Comparer<ulong>.Create(static (a, b) => b.CompareTo(a)));
        long place = 0;
        await foreach (Note note in notes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            kept.Enqueue((place++, note), KeyOf(note.Id, seed));
            if (kept.Count > count)
                kept.Dequeue();
        }

        return [.. kept.UnorderedItems.Select(static item => item.Element).OrderBy(static item => item.Place).Select(static item => item.Note)];
    }

    private static ulong KeyOf(string id, int seed) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{id}"))));
}
