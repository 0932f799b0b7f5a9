using System.Text.Json.Nodes;

namespace MedEmbed.Cli.Pipelines;

/// <summary>What is kept of a step that was begun: all that decided it, and what it gave.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="Command">Its command.</param>
/// <param name="Finished">Whether it came to its end.</param>
/// <param name="Settings">Options and arguments, as <see cref="PipelineStep.Settings"/>.</param>
/// <param name="Inputs">Hashes of what was read, by label.</param>
/// <param name="Writes">Its outputs, from the work folder where they lie in it.</param>
/// <param name="Outputs">Hashes of the files of its outputs, by path likewise; none while it is not finished.</param>
/// <param name="Seconds">How long its last part took.</param>
/// <param name="Summary">What the command told; null where it told nothing.</param>
internal sealed record StepRecord(
    string Name,
    string Command,
    bool Finished,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, string> Inputs,
    IReadOnlyList<string> Writes,
    IReadOnlyDictionary<string, string> Outputs,
    double Seconds,
    JsonObject? Summary);
