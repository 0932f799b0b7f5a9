using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Synthesis.Completions;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Prompts;

namespace MedEmbed.Cli.Options;

/// <summary>Options of what an LLM is asked for: model, wording, mix of queries, sampling.</summary>
internal sealed class LlmOptions
{
    private readonly Option<string?> _model = new("--llm") { Description = "The LLM's name as its endpoint knows it." };
    private readonly Option<string?> _prompts = new("--prompts") { Description = "Folder of prompts, as --export-prompts writes it; the built-in ones where it is not given." };
    private readonly Option<string?> _mix = new("--mix") { Description = $"Queries a note by type, by default {QueryMix.Default}; also question, topic, headline, claim." };
    private readonly Option<float?> _temperature = new("--temperature") { Description = "Sampling temperature, 0 to 2; by default 0.3.", CustomParser = ParseTemperature };
    private readonly Option<int?> _maxTokens = NumberOption.Create("--max-tokens", "Tokens an answer may have, by default 2048.", minimum: 16);
    private readonly Option<int?> _llmSeed = NumberOption.Create("--llm-seed", "Seed sent to the LLM; none by default.", minimum: 0);
    private readonly Option<int?> _reasks = NumberOption.Create("--reasks", "Times an answer that cannot be used is asked for again, with what was wrong; by default 2.", minimum: 0, maximum: 10);
    private readonly Option<string> _jsonMode = new Option<string>("--json-mode")
    {
        Description = "How JSON is asked for: by schema, object or the prompt alone (none); auto asks for less when the endpoint refuses.",
        DefaultValueFactory = static _ => "auto",
    }.AcceptOnlyFromAmong("auto", "schema", "object", "none");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_model, _prompts, _mix, _temperature, _maxTokens, _llmSeed, _reasks, _jsonMode])
            command.Options.Add(option);
    }

    /// <summary>The prompts that are asked for.</summary>
    public PromptSet Prompts(CommandInvocation invocation) => invocation.Get(_prompts) is { } folder ? PromptSet.Load(folder) : PromptSet.Default;

    public LlmGenerationOptions Of(CommandInvocation invocation)
    {
        var settings = new CompletionSettings
        {
            Model = invocation.Get(_model) is { Length: > 0 } model ? model : throw new UsageException("--llm is missing; give the LLM's name as its endpoint knows it."),
            Seed = invocation.Get(_llmSeed),
            JsonMode = invocation.Get(_jsonMode) switch
            {
                "schema" => JsonMode.Schema,
                "object" => JsonMode.Object,
                "none" => JsonMode.None,
                _ => JsonMode.Auto,
            },
        };
        if (invocation.Get(_temperature) is { } temperature)
            settings = settings with { Temperature = temperature };
        if (invocation.Get(_maxTokens) is { } tokens)
            settings = settings with { MaxTokens = tokens };
        var options = new LlmGenerationOptions { Settings = settings, Prompts = Prompts(invocation) };
        if (invocation.Get(_mix) is { } mix)
            options = options with { Mix = QueryMix.Parse(mix) };
        return invocation.Get(_reasks) is { } reasks ? options with { MaxReasks = reasks } : options;
    }

    private static float? ParseTemperature(ArgumentResult result)
    {
        string given = result.Tokens[^1].Value;
        if (float.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && number is >= 0 and <= 2)
            return number;
        result.AddError($"--temperature must be a number from 0 to 2, not \"{given}\".");
        return null;
    }
}
