using System.Diagnostics;
using MedEmbed.Data.Outputs;

namespace MedEmbed.Data.Records;

/// <summary>Writes records of one kind as JSONL or Parquet: atomic, and resumable after a kill (see <see cref="ResumableOutput"/>).</summary>
/// <remarks>
/// The bytes of a finished file depend on the records alone, not on culture nor on how often the writing was broken off. Parquet cannot grow safely, so
/// records are spooled as JSON lines to <c>F.partial</c> and the file is made from them at the end. Parquet needs a file; pipes take JSONL. Not thread-safe.
/// </remarks>
public sealed class RecordWriter<T> : IDisposable
{
    private readonly ResumableOutput _output;
    private readonly JsonRecords<T> _json;
    private readonly ParquetRecordForm<T>? _parquet;
    private readonly TimeSpan _saveEvery;
    private long _lastSave = Stopwatch.GetTimestamp();

    private RecordWriter(ResumableOutput output, RecordSchema<T> schema, bool parquet, TimeSpan saveEvery)
    {
        (_output, _json, _saveEvery) = (output, new JsonRecords<T>(schema), saveEvery);
        _parquet = parquet ? new ParquetRecordForm<T>(schema) : null;
        Records = output.RecordsDone;
    }

    /// <summary>Records in the output so far. Just after the opening: how many an earlier, unfinished run left safe.</summary>
    public long Records { get; private set; }

    /// <summary>What the last <see cref="Save"/>, in this process or the one before, kept for its caller; null where it kept nothing.</summary>
    public string? State => _output.State;

    /// <summary>How the writing began.</summary>
    public OutputStart Start => _output.Start;

    /// <summary>Writes a record.</summary>
    /// <exception cref="ArgumentException">The record breaks a rule that its reader would refuse it for; nothing of it is written.</exception>
    /// <exception cref="IOException">The disk is full or fails; what was safe before stays safe.</exception>
    public void Write(T record)
    {
        _output.Stream.Write(_json.Format(record));
        Records++;
        if (_output.Start != OutputStart.Direct && _saveEvery >= TimeSpan.Zero && Stopwatch.GetElapsedTime(_lastSave) >= _saveEvery)
            Save();
    }

    /// <summary>Makes everything written so far safe against a kill. Happens by itself every <see cref="RecordWriterOptions.SaveEvery"/>.</summary>
    /// <param name="state">What the caller needs to go on behind the records written, as the number of inputs done; null keeps nothing.</param>
    /// <exception cref="IOException">The disk is full or fails; what was safe before stays safe.</exception>
    public void Save(string? state = null)
    {
        _output.Save(Records, state);
        _lastSave = Stopwatch.GetTimestamp();
    }

    /// <summary>Ends the output: it takes its name.</summary>
    /// <exception cref="IOException">The disk is full or fails; what was safe before stays safe.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (_parquet is null)
        {
            _output.Complete();
            return;
        }

        Save(State);
        await _output.CompleteAsync(_parquet.ConvertAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives up what was written, for an error after which it cannot be continued: the disposal leaves nothing behind.</summary>
    public void Discard() => _output.Discard();

    /// <summary>Closes the output; unless it was completed, what was saved last stays for the next time.</summary>
    public void Dispose() => _output.Dispose();

    internal static RecordWriter<T> Open(string path, RecordSchema<T> schema, RecordWriterOptions? options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new RecordWriterOptions();
        bool parquet = IsParquet(path);
        ResumableOutput output = ResumableOutput.Open(path, new ResumableOutputOptions
        {
            Overwrite = options.Overwrite,
            Fingerprint = options.Fingerprint,
            StandardOutput = options.StandardOutput,
        });
        try
        {
            if (output.Start == OutputStart.Direct && parquet)
                throw new DataFormatException(path, null, "Parquet is written to a file, not to a pipe or device; name a file, or write JSONL.");
            return new RecordWriter<T>(output, schema, parquet, options.SaveEvery);
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    private static bool IsParquet(string path) => System.IO.Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jsonl" or ".ndjson" => false,
        ".parquet" => true,
        "" when path == "-" || path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal) => false,
        _ => throw new DataFormatException(path, null, "has neither of the extensions .jsonl and .parquet that tell how records are written; rename the output."),
    };
}
