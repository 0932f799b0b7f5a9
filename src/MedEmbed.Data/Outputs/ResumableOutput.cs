namespace MedEmbed.Data.Outputs;

/// <summary>An output that survives the end of its process: it grows in <c>F.partial</c>, a manifest <c>F.partial.json</c> beside it says what is safe, and a rename ends it.</summary>
/// <remarks>
/// After a kill the same command opens it again, finds <see cref="RecordsDone"/>, skips as many records of its input, and goes on.
/// Disposing without <see cref="Complete"/> leaves what was saved for that. Two processes cannot write one output
/// at once: the second is refused with an <see cref="IOException"/>. Pipes, devices and <c>-</c> are written directly. Not thread-safe.
/// </remarks>
public sealed class ResumableOutput : IDisposable
{
    private readonly OutputTarget _target;
    private readonly OutputStream _stream;
    private readonly string? _fingerprint;
    private bool _completed;

    private ResumableOutput(OutputTarget target, OutputStream stream, string? fingerprint, OutputStart start, OutputManifest? manifest)
    {
        (_target, _stream, _fingerprint, Start) = (target, stream, fingerprint, start);
        (RecordsDone, State) = (manifest?.Records ?? 0, manifest?.State);
    }

    /// <summary>Where to write; positioned behind what is safe. Its length is that of the output so far (seekable unless <see cref="OutputStart.Direct"/>).</summary>
    public Stream Stream => _stream;

    /// <summary>How the writing began.</summary>
    public OutputStart Start { get; }

    /// <summary>Records that the last <see cref="Save"/> made safe, in this process or the one before.</summary>
    public long RecordsDone { get; private set; }

    /// <summary>What the last <see cref="Save"/> kept besides; null where it kept nothing.</summary>
    public string? State { get; private set; }

    private string ManifestPath => _target.PartialPath + ".json";

    /// <summary>Opens the output at <paramref name="path"/>, continuing an unfinished one of the same fingerprint.</summary>
    /// <exception cref="OutputExistsException">A finished output is there, and is not to be overwritten.</exception>
    /// <exception cref="IOException">The path is a folder, its folder is missing, or another process writes the same output.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static ResumableOutput Open(string path, ResumableOutputOptions? options = null)
    {
        options ??= new ResumableOutputOptions();
        OutputTarget target = OutputTarget.Resolve(path, options.Overwrite, options.StandardOutput);
        if (target.Direct is { } direct)
            return new ResumableOutput(target, new OutputStream(direct), null, OutputStart.Direct, null);

        // FileShare.None is a lock between processes; it ends with the process, however that ends.
        FileStream file = new(target.PartialPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        try
        {
            string manifestPath = target.PartialPath + ".json";
            OutputManifest? manifest = OutputManifest.Read(manifestPath);
            bool unfinished = file.Length > 0 || manifest is not null;
            if (manifest is not null && manifest.Fingerprint == options.Fingerprint && manifest.Bytes <= file.Length)
            {
                file.SetLength(manifest.Bytes);
                file.Position = manifest.Bytes;
                return new ResumableOutput(target, new OutputStream(file), options.Fingerprint, OutputStart.Continued, manifest);
            }

            // The manifest goes first: it must never speak of bytes that are not the ones it was written for.
            OutputManifest.Delete(manifestPath);
            file.SetLength(0);
            return new ResumableOutput(target, new OutputStream(file), options.Fingerprint, unfinished ? OutputStart.Restarted : OutputStart.New, null);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Makes everything written so far safe: first the data reaches the disk, then the manifest that says so.</summary>
    /// <param name="recordsDone">Records written since the output's very beginning.</param>
    /// <param name="state">What the format needs besides to go on.</param>
    /// <exception cref="IOException">The disk is full or fails; what was safe before stays safe.</exception>
    public void Save(long recordsDone, string? state = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recordsDone, RecordsDone);
        _stream.FlushToDisk();
        if (_fingerprint is not null)
            new OutputManifest(OutputManifest.CurrentFormat, _fingerprint, recordsDone, _stream.Position, state).Write(ManifestPath);
        (RecordsDone, State) = (recordsDone, state);
    }

    /// <summary>Ends the output: the data reaches the disk, the file takes its name, the manifest goes.</summary>
    public void Complete()
    {
        _stream.FlushToDisk();
        if (_target.Direct is null)
        {
            // Windows renames no open file; elsewhere it stays locked until it has its name.
            if (OperatingSystem.IsWindows())
                _stream.Dispose();
            File.Move(_target.PartialPath, _target.Path, overwrite: true);
            OutputManifest.Delete(ManifestPath);
        }

        _completed = true;
        _stream.Dispose();
    }

    /// <summary>Ends the output with a file made from what was written, for formats that cannot grow by appending.</summary>
    /// <param name="convert">Reads the first stream (all that was written) and writes the second, the file to be. A kill on the way loses nothing: the conversion is done again.</param>
    /// <param name="cancellationToken">Ends the conversion; what was written stays safe.</param>
    /// <exception cref="InvalidOperationException">The output is a pipe or device.</exception>
    public async Task CompleteAsync(Func<Stream, Stream, CancellationToken, Task> convert, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(convert);
        if (_target.Direct is not null)
            throw new InvalidOperationException("a pipe or device cannot be converted");
        _stream.FlushToDisk();
        FileStream written = (FileStream)_stream.Inner;
        written.Position = 0;
        string converted = _target.PartialPath + ".converted";
        await using (FileStream output = new(converted, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            await convert(written, output, cancellationToken).ConfigureAwait(false);
            output.Flush(flushToDisk: true);
        }

        File.Move(converted, _target.Path, overwrite: true);
        _completed = true;
        _stream.Dispose();
        OutputManifest.Delete(ManifestPath);
        File.Delete(_target.PartialPath);
    }

    /// <summary>Gives up what was written, for an error after which it cannot be continued: the disposal leaves nothing behind.</summary>
    public void Discard()
    {
        if (_target.Direct is null)
            OutputManifest.Delete(ManifestPath);
    }

    /// <summary>Closes the output; unless it was completed, what was saved last stays for the next time, and where nothing was saved nothing stays.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (!_completed && _target.Direct is null && !File.Exists(ManifestPath))
            File.Delete(_target.PartialPath);
    }
}
