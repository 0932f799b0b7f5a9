using System.Runtime.CompilerServices;
using System.Text;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Texts;
using MedEmbed.Synthesis.Notes.Jats;

namespace MedEmbed.Synthesis.Notes;

/// <summary>Streams notes from JSONL, Parquet or plain text (a line a note), a PMC JATS XML file, or a folder of <c>.txt</c>, <c>.xml</c> and <c>.nxml</c> files.</summary>
/// <remarks>Files of a folder come in the ordinal order of their relative paths, which without extension are their ids. One enumeration at a time.</remarks>
public sealed class NoteReader
{
    private readonly string _path;
    private readonly NoteReadOptions _options;
    private DocumentReader? _documents;
    private (long Done, long Total) _files;

    /// <summary>Reads the file or folder at <paramref name="path"/>. Nothing is opened before the enumeration.</summary>
    public NoteReader(string path, NoteReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _options) = (path, options ?? NoteReadOptions.Default);
    }

    /// <summary>How much of the source is read, 0 to 1; null where its length is unknown.</summary>
    public double? Fraction => _documents is { } documents
        ? documents.BytesTotal is > 0 and var total ? (double)documents.BytesRead / total : null
        : _files.Total > 0 ? (double)_files.Done / _files.Total : null;

    /// <summary>Lines left out because of <see cref="ReadOptions.SkipBadLines"/>.</summary>
    public BadLines? BadLines => _documents?.BadLines;

    /// <summary>The notes in order.</summary>
    /// <exception cref="MedEmbed.Data.DataFormatException">A line breaks a rule, unless bad lines are skipped.</exception>
    /// <exception cref="SynthesisFormatException">A text or XML file cannot be read as such, or is over a limit.</exception>
    /// <exception cref="IOException">The source is missing or cannot be read.</exception>
    public IAsyncEnumerable<Note> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (Directory.Exists(_path))
            return ReadFolderAsync(cancellationToken);
        if (!File.Exists(_path))
            throw new FileNotFoundException($"{_path}: there is no such file or folder.", _path);
        return IsXml(_path) ? new JatsReader(_path, _options.MaxFileCharacters).ReadAsync(IdOf(Path.GetFileName(_path)), cancellationToken) : ReadDocumentsAsync(cancellationToken);
    }

    private async IAsyncEnumerable<Note> ReadDocumentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _documents = new DocumentReader(_path, new DocumentReadOptions
        {
            Fields = new DocumentFields { Id = _options.IdField, Text = _options.TextField, Title = _options.TitleField, Metadata = _options.MetadataField, Pair = null },
            SkipBadLines = _options.SkipBadLines,
            MaxLineBytes = _options.MaxLineBytes,
            MaxJsonDepth = _options.MaxJsonDepth,
            MaxBytes = _options.MaxBytes,
        });
        await foreach (Document document in _documents.ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return new Note(document.Id, document.Title, document.Text, document.Metadata);
    }

    private async IAsyncEnumerable<Note> ReadFolderAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] files = [.. Directory.EnumerateFiles(_path, "*", SearchOption.AllDirectories)
            .Where(file => IsXml(file) || file.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            throw new SynthesisFormatException(_path, "holds no .txt, .xml or .nxml file; name the folder of the notes, or a .jsonl or .parquet file.");
        _files = (0, files.Length);
        foreach (string file in files)
        {
            string id = IdOf(Path.GetRelativePath(_path, file).Replace(Path.DirectorySeparatorChar, '/'));
            if (IsXml(file))
            {
                await foreach (Note note in new JatsReader(file, _options.MaxFileCharacters).ReadAsync(id, cancellationToken).ConfigureAwait(false))
                    yield return note;
            }
            else
            {
                yield return new Note(id, null, await ReadTextAsync(file, cancellationToken).ConfigureAwait(false));
            }

            _files.Done++;
        }
    }

    private async Task<string> ReadTextAsync(string file, CancellationToken cancellationToken)
    {
        // No UTF-8 character takes more than three bytes a UTF-16 unit.
        if (new FileInfo(file).Length > 3 * _options.MaxFileCharacters)
            throw new SynthesisFormatException(file, $"is longer than the limit of {_options.MaxFileCharacters} characters (MaxFileCharacters); split it, or raise the limit.");
        try
        {
            return await File.ReadAllTextAsync(file, new UTF8Encoding(false, throwOnInvalidBytes: true), cancellationToken).ConfigureAwait(false);
        }
        catch (DecoderFallbackException error)
        {
            throw new SynthesisFormatException(file, "is not UTF-8; convert it, for instance with iconv.", error);
        }
    }

    private static bool IsXml(string path) => path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".nxml", StringComparison.OrdinalIgnoreCase);

    private static string IdOf(string path) => path[..^Path.GetExtension(path).Length];
}
