using System.Text.Json.Nodes;

namespace MedEmbed.Cli.Pipelines;

/// <summary>A step as the pipeline's file has it, variables filled in.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Name">Its name, which no other step has.</param>
/// <param name="Command">The command, such as <c>index build</c>.</param>
/// <param name="Options">Values by the options' names without dashes, in the file's order.</param>
/// <param name="Arguments">What stands on the command line without an option.</param>
internal sealed record StepDefinition(int Number, string Name, string Command, IReadOnlyList<KeyValuePair<string, JsonNode?>> Options, IReadOnlyList<JsonNode> Arguments);
