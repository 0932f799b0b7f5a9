using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MedEmbed.Data.Outputs;

namespace MedEmbed.Cli.Pipelines;

/// <summary>The records of a pipeline's steps, in a file that is replaced whole.</summary>
internal sealed class PipelineState
{
    /// <summary>Raised where records of before no longer tell what a step depends on.</summary>
    private const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly string _path;
    private readonly string _work;
    private readonly List<StepRecord> _records;

    private PipelineState(string path, string work, List<StepRecord> records) => (_path, _work, _records) = (path, work, records);

    /// <summary>Reads the state of <paramref name="pipeline"/>; an empty one where nothing has run.</summary>
    /// <exception cref="PipelineFormatException">The file is damaged or of another format.</exception>
    public static PipelineState Open(PipelineDefinition pipeline)
    {
        string path = pipeline.StateFile;
        if (!File.Exists(path))
            return new PipelineState(path, pipeline.Work, []);
        try
        {
            Content? content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), Json);
            return content is { Format: CurrentFormat }
                ? new PipelineState(path, pipeline.Work, [.. content.Steps])
                : throw new PipelineFormatException(path, $"is the state of another version. {Remedy}");
        }
        catch (JsonException error)
        {
            throw new PipelineFormatException(path, $"is damaged ({error.Message.Split(" Path:")[0]}). {Remedy}", error);
        }
    }

    /// <summary>The record of <paramref name="step"/>, by its outputs, else by its name: either may be changed; null where it was never begun.</summary>
    public StepRecord? Of(PipelineStep step) => _records.Find(record => IsOf(record, step)) ?? _records.Find(record => record.Name == step.Name);

    /// <summary>Whether a step of this pipeline has written, or begun to write, the output at <paramref name="path"/>.</summary>
    public bool Knows(string path) => _records.Exists(record => record.Writes.Contains(Short(path)));

    /// <summary>Puts <paramref name="record"/> in the place of the step's earlier one, and saves.</summary>
    public void Set(PipelineStep step, StepRecord record)
    {
        _records.RemoveAll(earlier => earlier.Name == step.Name || IsOf(earlier, step));
        _records.Add(record);
        AtomicFile.Write(_path, stream => JsonSerializer.Serialize(stream, new Content(CurrentFormat, _records), Json), overwrite: true);
    }

    /// <summary>Whether a record is of a step that wrote the same, whatever it was called; where a folder is shared the name alone can tell.</summary>
    private bool IsOf(StepRecord record, PipelineStep step) =>
        record.Command == step.Command && record.Writes.SequenceEqual(step.Outputs.Select(Short)) && (record.Name == step.Name || !step.Files.Shared);

    /// <summary>A full path from the work folder, where it lies in it: the folder may move.</summary>
    public string Short(string path) => PathOrder.IsWithin(path, _work) ? Path.GetRelativePath(_work, path).Replace(Path.DirectorySeparatorChar, '/') : path;

    /// <summary>The full path of what <see cref="Short"/> gave.</summary>
    public string Full(string path) => Path.GetFullPath(path, _work);

    private static string Remedy => "Delete it and pass --overwrite: all steps run again.";

    private sealed record Content(int Format, IReadOnlyList<StepRecord> Steps);
}
