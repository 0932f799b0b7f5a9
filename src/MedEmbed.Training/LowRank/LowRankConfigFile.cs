using System.Text.Json;

namespace MedEmbed.Training.LowRank;

/// <summary>Reads and writes PEFT's <c>adapter_config.json</c>.</summary>
/// <remarks>Whatever changes an adapter's vectors and is not known here is refused: an adapter read half would give wrong vectors without a word.</remarks>
internal static class LowRankConfigFile
{
    public const string Name = "adapter_config.json";

    /// <summary>Fields that must be off (absent, null, false, 0, "none", empty), and what they switch on.</summary>
    private static readonly (string Field, string Meaning)[] Unsupported =
    [
        ("use_dora", "DoRA's magnitudes"),
        ("use_qalora", "QA-LoRA's grouped inputs"),
        ("use_bdlora", "block-diagonal matrices"),
        ("fan_in_fan_out", "transposed weights"),
        ("bias", "biases trained beside the matrices"),
        ("lora_bias", "a bias in the second matrix"),
        ("modules_to_save", "whole layers trained beside the matrices"),
        ("target_parameters", "adapted parameters outside linear layers"),
        ("trainable_token_indices", "retrained rows of the token table"),
        ("layer_replication", "repeated layers"),
        ("alora_invocation_tokens", "activated LoRA"),
        ("arrow_config", "routing between adapters"),
        ("kasa_config", "KaSA"),
        ("monteclora_config", "MonteCLoRA"),
        ("velora_config", "VeLoRA"),
        ("megatron_config", "Megatron's parallel layers"),
    ];

    /// <summary>Beginnings that leave the base model's weights alone; the others (PiSSA, OLoRA, CorDA, LoftQ, LoRA-GA) change them when an adapter is made.</summary>
    private static readonly string[] PlainBeginnings = ["gaussian", "orthogonal", "eva", "true", "false"];

    /// <exception cref="ModelFormatException">The file is missing or malformed, or describes something else than plain LoRA.</exception>
    public static LowRankConfig Read(string path)
    {
        PeftJson json = PeftJson.Read(path);
        string? kind = json.Text("peft_type");
        if (kind != "LORA")
            throw json.Fault("peft_type", kind is null ? "is missing; only \"LORA\" is known." : $"is \"{kind}\"; only \"LORA\" is known.");
        foreach ((string field, string meaning) in Unsupported.Where(entry => json.IsOn(entry.Field)))
            throw json.Fault(field, $"is {json.Raw(field)}: {meaning}, which plain LoRA lacks, cannot be read. Merge the adapter into its model with PEFT (merge_and_unload), and use the merged model.");
        if (json.Names.FirstOrDefault(name => name.StartsWith("use_", StringComparison.Ordinal) && name != "use_rslora" && json.IsOn(name)) is { } variant)
            throw json.Fault(variant, "is true: this variant of LoRA is not known. Merge the adapter into its model with PEFT (merge_and_unload), and use the merged model.");
        if (json.Text("init_lora_weights", anyKind: true) is { } beginning && !PlainBeginnings.Contains(beginning))
            throw json.Fault("init_lora_weights", $"is \"{beginning}\", which changes the base model's weights when an adapter is made. Save it with PEFT's path_initial_model_for_weight_conversion, which turns it into plain LoRA.");
        return new LowRankConfig
        {
            Targets = ReadTargets(json),
            Rank = json.Rank("r") ?? throw json.Fault("r", "is missing."),
            Alpha = json.Number("lora_alpha") ?? throw json.Fault("lora_alpha", "is missing."),
            RankPattern = json.Patterns("rank_pattern", json.RankIn),
            AlphaPattern = json.Patterns("alpha_pattern", json.NumberIn),
            RankStabilized = json.IsOn("use_rslora"),
            Dropout = json.Number("lora_dropout") ?? 0,
            BaseModel = json.Text("base_model_name_or_path"),
        };
    }

    public static void Write(string path, LowRankConfig config)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("peft_type", "LORA");
        json.WriteString("base_model_name_or_path", config.BaseModel);
        json.WriteNull("task_type");
        json.WriteNull("revision");
        json.WriteBoolean("inference_mode", true);
        json.WriteNumber("r", config.Rank);
        WriteNumber(json, "lora_alpha", config.Alpha);
        WriteNumber(json, "lora_dropout", config.Dropout);
        WriteTargets(json, config.Targets);
        WritePatterns(json, "rank_pattern", config.RankPattern, rank => json.WriteNumberValue(rank));
        WritePatterns(json, "alpha_pattern", config.AlphaPattern, alpha => json.WriteNumberValue(alpha));
        json.WriteBoolean("use_rslora", config.RankStabilized);
        json.WriteBoolean("use_dora", false);
        json.WriteString("bias", "none");
        json.WriteBoolean("fan_in_fan_out", false);
        json.WriteBoolean("init_lora_weights", true);
        json.WriteNull("modules_to_save");
        json.WriteEndObject();
    }

    private static LayerSelection ReadTargets(PeftJson json)
    {
        (string? pattern, IReadOnlyList<string> names) = json.PatternOrNames("target_modules");
        (string? excludedPattern, IReadOnlyList<string> excludedNames) = json.PatternOrNames("exclude_modules");
        IReadOnlyList<int>? layers = json.Integers("layers_to_transform");
        if (pattern is null && names.Count == 0)
            throw json.Fault("target_modules", "names no layer. It must be a list of names or a regular expression.");
        if (pattern is not null && layers is not null)
            throw json.Fault("layers_to_transform", "stands beside a regular expression in \"target_modules\"; PEFT allows it beside a list of names alone.");
        return new LayerSelection
        {
            Names = names,
            Pattern = pattern,
            ExcludedNames = excludedNames,
            ExcludedPattern = excludedPattern,
            Layers = layers,
            LayersPatterns = json.Texts("layers_pattern"),
        };
    }

    private static void WriteTargets(Utf8JsonWriter json, LayerSelection targets)
    {
        WritePatternOrNames(json, "target_modules", targets.Pattern, targets.Names);
        if (targets.ExcludedPattern is not null || targets.ExcludedNames.Count > 0)
            WritePatternOrNames(json, "exclude_modules", targets.ExcludedPattern, targets.ExcludedNames);
        if (targets.Layers is null)
            json.WriteNull("layers_to_transform");
        else
            WriteArray(json, "layers_to_transform", targets.Layers, json.WriteNumberValue);
        if (targets.LayersPatterns.Count == 0)
            json.WriteNull("layers_pattern");
        else
            WriteArray(json, "layers_pattern", targets.LayersPatterns, json.WriteStringValue);
    }

    private static void WritePatternOrNames(Utf8JsonWriter json, string field, string? pattern, IReadOnlyList<string> names)
    {
        if (pattern is not null)
            json.WriteString(field, pattern);
        else
            WriteArray(json, field, names, json.WriteStringValue);
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string field, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(field);
        foreach (T value in values)
            write(value);
        json.WriteEndArray();
    }

    private static void WritePatterns<T>(Utf8JsonWriter json, string field, IReadOnlyList<KeyValuePair<string, T>> patterns, Action<T> write)
    {
        json.WriteStartObject(field);
        foreach ((string pattern, T value) in patterns)
        {
            json.WritePropertyName(pattern);
            write(value);
        }

        json.WriteEndObject();
    }

    /// <summary>PEFT declares α as a whole number, but takes others.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string field, double value)
    {
        if (value == Math.Floor(value) && Math.Abs(value) < int.MaxValue && field == "lora_alpha")
            json.WriteNumber(field, (int)value);
        else
            json.WriteNumber(field, value);
    }
}
