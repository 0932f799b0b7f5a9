using System.Globalization;
using System.Text.Json;
using MedEmbed.Data.Outputs;
using MedEmbed.Training.Recipes;

namespace MedEmbed.Training.Checkpoints;

/// <summary>The checkpoints of a run: <c>step-N</c> folders, each there as a whole or not at all.</summary>
/// <remarks>The newest two are kept, so that one is whole whatever happens while the next is written.</remarks>
internal sealed class CheckpointFolder(string path)
{
    private const string Prefix = "step-";
    private const int Kept = 2;

    /// <summary>Folder of the newest checkpoint, null where there is none.</summary>
    public string? Newest() => Numbered().Select(entry => entry.Path).LastOrDefault();

    /// <summary>Writes a checkpoint and removes those before the last two.</summary>
    public void Write(RunState state, Action<string> writeTensors)
    {
        string target = Path.Combine(path, FormattableString.Invariant($"{Prefix}{state.Step:D7}"));
        using (var folder = AtomicFolder.Open(target, overwrite: true))
        {
            writeTensors(folder.Path);
            File.WriteAllText(Path.Combine(folder.Path, "state.json"), JsonSerializer.Serialize(state, RecipeJson.Options));
            folder.Complete();
        }

        foreach ((_, string old) in Numbered().SkipLast(Kept))
            Directory.Delete(old, recursive: true);
    }

    /// <summary>The state that stands in a checkpoint.</summary>
    /// <exception cref="ModelFormatException">The file is missing or malformed.</exception>
    public static RunState ReadState(string checkpoint)
    {
        string file = Path.Combine(checkpoint, "state.json");
        try
        {
            return JsonSerializer.Deserialize<RunState>(File.ReadAllText(file), RecipeJson.Options) ?? throw new ModelFormatException(file, "is empty.");
        }
        catch (JsonException error)
        {
            throw new ModelFormatException(file, $"is no state of a run ({error.Message}). Remove {checkpoint}; the checkpoint before it is taken.", error);
        }
    }

    private (int Step, string Path)[] Numbered() => Directory.Exists(path)
        ? [.. Directory.EnumerateDirectories(path, Prefix + "*")
            .Select(folder => (int.TryParse(Path.GetFileName(folder).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int step) ? step : -1, folder))
            .Where(entry => entry.Item1 >= 0).OrderBy(entry => entry.Item1)]
        : [];
}
