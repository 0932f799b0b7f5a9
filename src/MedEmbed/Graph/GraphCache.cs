using System.Globalization;
using MedEmbed.Models;

namespace MedEmbed.Graph;

/// <summary>Built graphs on disk, one folder for each model content, precision and graph version.</summary>
/// <remarks>Safe for several threads and processes: a graph is built in a folder of its own and appears under its name only when it is complete;
/// of two that build the same one, the first to finish wins and the other takes it. A folder that lacks a file is built again.</remarks>
/// <param name="root">The folder that holds all cached graphs.</param>
internal sealed class GraphCache(string root)
{
    /// <summary>The graph's file for <paramref name="model"/>, built now if it is not there.</summary>
    /// <exception cref="ModelFormatException">The model cannot be built.</exception>
    /// <exception cref="IOException">The cache cannot be written; the message says how to choose another folder.</exception>
    public string GetOrBuild(ModelFolder model, Precision precision)
    {
        string folder = Path.Combine(root, KeyOf(model, precision));
        string graph = Path.Combine(folder, TextEncoderGraph.GraphFileName);
        if (IsComplete(folder))
            return graph;
        string temporary = $"{folder}.{Environment.ProcessId}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(temporary);
            TextEncoderGraph.Write(model, precision, temporary);
            Publish(temporary, folder);
            return graph;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{root}: the model's graph cannot be written there ({error.Message}) Free some space, or name another folder in {CacheFolder.Variable}.", error);
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }

    /// <summary>Builds the graph anew although one is there, because ONNX Runtime cannot load that one: something outside has damaged it.</summary>
    public string Rebuild(ModelFolder model, Precision precision)
    {
        string folder = Path.Combine(root, KeyOf(model, precision));
        if (Directory.Exists(folder))
            Discard(folder);
        return GetOrBuild(model, precision);
    }

    private static bool IsComplete(string folder) =>
        File.Exists(Path.Combine(folder, TextEncoderGraph.GraphFileName)) && File.Exists(Path.Combine(folder, TextEncoderGraph.WeightsFileName));

    private static void Publish(string temporary, string folder)
    {
        if (Directory.Exists(folder) && !IsComplete(folder))
            Discard(folder);
        try
        {
            Directory.Move(temporary, folder);
        }
        catch (IOException) when (IsComplete(folder))
        {
            // Another process has published the same graph first.
        }
    }

    /// <summary>Out of the way by a rename first, so that nobody sees half a folder.</summary>
    private static void Discard(string folder)
    {
        string aside = $"{folder}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.Move(folder, aside);
        }
        catch (DirectoryNotFoundException)
        {
            return;
        }

        Directory.Delete(aside, recursive: true);
    }

    private static string KeyOf(ModelFolder model, Precision precision) => string.Create(
        CultureInfo.InvariantCulture,
        $"{model.ContentHash[..32]}-{(precision == Precision.F32 ? "f32" : TextEncoderGraph.UsesSevenBits ? "int7" : "int8")}-v{TextEncoderGraph.Version}");
}
