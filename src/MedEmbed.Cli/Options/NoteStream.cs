using System.Globalization;
using System.Runtime.CompilerServices;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Cli.Options;

/// <summary>Notes as the command line wants them; may be read several times.</summary>
internal sealed class NoteStream(string path, NoteReadOptions options, int? sample, int seed, bool keepDuplicates)
{
    private readonly NoteDeduplicator _deduplicator = new();
    private NoteReader? _reader;

    /// <summary>Notes left out as duplicates in the last reading.</summary>
    public long Duplicates => _deduplicator.Exact + _deduplicator.Near;

    public async IAsyncEnumerable<Note> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _reader = new NoteReader(path, options);
        IAsyncEnumerable<Note> notes = _reader.ReadAsync(cancellationToken);
        if (!keepDuplicates)
            notes = _deduplicator.ApplyAsync(notes, cancellationToken);
        if (sample is { } count)
        {
            foreach (Note note in await NoteSample.TakeAsync(notes, count, seed, cancellationToken).ConfigureAwait(false))
                yield return note;
            yield break;
        }

        await foreach (Note note in notes.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return note;
    }

    /// <summary>Parts that the notes will have, for the time left.</summary>
    public async Task<long> CountPartsAsync(NoteSplitter splitter, CancellationToken cancellationToken)
    {
        long parts = 0;
        await foreach (Note note in ReadAsync(cancellationToken).ConfigureAwait(false))
            parts += splitter.Split(note).Count;
        return parts;
    }

    /// <summary>Says what was left out.</summary>
    public void NoteOmissions(CommandInvocation invocation)
    {
        if (Duplicates > 0)
            invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{_deduplicator.Exact} notes equal an earlier one and {_deduplicator.Near} nearly do; they are left out (--keep-duplicates keeps them)."));
        if (_reader?.BadLines is not { Count: > 0 } bad)
            return;
        invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{bad.Count} faulty lines left out:"));
        foreach (string reason in bad.FirstReasons)
            invocation.Progress.Note($"  {reason}");
    }
}
