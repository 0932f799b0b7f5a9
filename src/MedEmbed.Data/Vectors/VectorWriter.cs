using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MedEmbed.Data.Outputs;

namespace MedEmbed.Data.Vectors;

/// <summary>Writes vectors as JSONL, <c>.npy</c> or Parquet: atomic, and resumable after a kill (see <see cref="ResumableOutput"/>).</summary>
/// <remarks>
/// Numbers are written as they are given; float text is the shortest that reads back to the same float, in no culture's form. The bytes of a finished
/// file depend on the vectors alone, not on how often the writing was broken off. A <c>.npy</c> file holds the rows in the order of writing and no ids.
/// Parquet cannot grow safely, so rows are spooled to <c>F.partial</c> and the file is made from them at the end, which needs twice its size on disk for a moment.
/// <c>.npy</c> and Parquet need a file; pipes take JSONL. Not thread-safe.
/// </remarks>
public sealed class VectorWriter : IDisposable
{
    private readonly ResumableOutput _output;
    private readonly IVectorForm _form;
    private readonly VectorWriterOptions _options;
    private int _vectorBytes;
    private long _lastSave = Stopwatch.GetTimestamp();

    private VectorWriter(ResumableOutput output, IVectorForm form, VectorWriterOptions options)
    {
        (_output, _form, _options) = (output, form, options);
        Rows = output.RecordsDone;
        if (output.Start == OutputStart.Continued)
            _vectorBytes = int.Parse(output.State!, CultureInfo.InvariantCulture);
        else
            form.Begin(output.Stream);
    }

    /// <summary>Vectors in the output so far. Just after the opening: how many an earlier, unfinished run wrote, and so how many records of the input to skip.</summary>
    public long Rows { get; private set; }

    /// <summary>How the writing began.</summary>
    public OutputStart Start => _output.Start;

    /// <summary>The layout that <paramref name="path"/> asks for by its extension.</summary>
    /// <exception cref="DataFormatException">The extension is none of the three.</exception>
    public static VectorFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jsonl" or ".ndjson" => VectorFormat.JsonLines,
        ".npy" => VectorFormat.Npy,
        ".parquet" => VectorFormat.Parquet,
        "" when path == "-" || path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal) => VectorFormat.JsonLines,
        _ => throw new DataFormatException(path, null, "has none of the extensions .jsonl, .npy and .parquet that tell how vectors are written; rename the output."),
    };

    /// <summary>Opens an output, continuing an unfinished one of the same fingerprint.</summary>
    /// <exception cref="OutputExistsException">A finished output is there, and is not to be overwritten.</exception>
    /// <exception cref="DataFormatException">The extension tells no layout, or the layout cannot be written to a pipe or device.</exception>
    /// <exception cref="IOException">The path cannot be written, or another process writes the same output.</exception>
    public static VectorWriter Open(string path, VectorWriterOptions? options = null)
    {
        options ??= new VectorWriterOptions();
        VectorFormat format = options.Format ?? FormatOf(path);
        IVectorForm form = format switch
        {
            VectorFormat.JsonLines => new JsonLinesVectorForm(options.Element),
            VectorFormat.Npy => new NpyVectorForm(options.Element),
            _ => new ParquetVectorForm(options.Element),
        };
        ResumableOutput output = ResumableOutput.Open(path, new ResumableOutputOptions
        {
            Overwrite = options.Overwrite,
            Fingerprint = FingerprintOf(options, format),
            StandardOutput = options.StandardOutput,
        });
        try
        {
            if (output.Start == OutputStart.Direct && !form.CanStream)
                throw new DataFormatException(path, null, $"{format} is written to a file, not to a pipe or device; name a file, or write JSONL.");
            return new VectorWriter(output, form, options);
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>Writes a vector of <see cref="VectorElement.Float32"/>.</summary>
    /// <exception cref="ArgumentException">A number is not finite, the length differs from the first vector's, or the writer's element is another.</exception>
    public void Write(string id, ReadOnlySpan<float> vector)
    {
        foreach (float value in vector)
        {
            if (!float.IsFinite(value))
                throw new ArgumentException($"the vector of \"{id}\" holds {value.ToString(CultureInfo.InvariantCulture)}; a vector's numbers must be finite.", nameof(vector));
        }

        Append(id, VectorElement.Float32, MemoryMarshal.AsBytes(vector));
    }

    /// <summary>Writes a vector of <see cref="VectorElement.Int8"/>.</summary>
    /// <exception cref="ArgumentException">The length differs from the first vector's, or the writer's element is another.</exception>
    public void Write(string id, ReadOnlySpan<sbyte> vector) => Append(id, VectorElement.Int8, MemoryMarshal.AsBytes(vector));

    /// <summary>Writes a vector of <see cref="VectorElement.Binary"/>, packed eight dimensions a byte.</summary>
    /// <exception cref="ArgumentException">The length differs from the first vector's, or the writer's element is another.</exception>
    public void Write(string id, ReadOnlySpan<byte> vector) => Append(id, VectorElement.Binary, vector);

    /// <summary>Makes everything written so far safe against a kill. Happens by itself every <see cref="VectorWriterOptions.SaveEvery"/>.</summary>
    /// <exception cref="IOException">The disk is full or fails; what was safe before stays safe.</exception>
    public void Save()
    {
        _output.Save(Rows, _vectorBytes.ToString(CultureInfo.InvariantCulture));
        _lastSave = Stopwatch.GetTimestamp();
    }

    /// <summary>Ends the output: it takes its name.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (_output.Start != OutputStart.Direct)
            Save();
        await _form.CompleteAsync(_output, Rows, _vectorBytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives up what was written, for an error after which it cannot be continued: the disposal leaves nothing behind.</summary>
    public void Discard() => _output.Discard();

    /// <summary>Closes the output; unless it was completed, what was saved last stays for the next time.</summary>
    public void Dispose() => _output.Dispose();

    private static string? FingerprintOf(VectorWriterOptions options, VectorFormat format) =>
        options.Fingerprint is null ? null : $"{options.Fingerprint}/{format}/{options.Element}";

    private void Append(string id, VectorElement element, ReadOnlySpan<byte> vector)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (element != _options.Element)
            throw new ArgumentException($"the output holds {_options.Element} vectors, and \"{id}\" has a {element} one.", nameof(vector));
        if (vector.IsEmpty || (_vectorBytes != 0 && vector.Length != _vectorBytes))
            throw new ArgumentException($"the vector of \"{id}\" has {vector.Length} bytes; all of an output's vectors have the same length, here {_vectorBytes}, and none is empty.", nameof(vector));
        _vectorBytes = vector.Length;
        _form.Append(_output.Stream, id, vector);
        Rows++;
        if (_output.Start != OutputStart.Direct && _options.SaveEvery >= TimeSpan.Zero && Stopwatch.GetElapsedTime(_lastSave) >= _options.SaveEvery)
            Save();
    }
}
