using System.Text.Json;

namespace MedEmbed.Models;

/// <summary>Makes one vector of a text's token vectors.</summary>
/// <param name="Modes">One or more different modes; the results of several are concatenated in this order (the older configuration's flags: in that of <see cref="PoolingMode"/>).</param>
/// <param name="IncludePrompt">Whether the prompt's tokens take part. Where they do not, <see cref="PoolingMode.Cls"/> is the first token after them, as in sentence-transformers 6.</param>
public sealed record PoolingModule(IReadOnlyList<PoolingMode> Modes, bool IncludePrompt) : ModelModule
{
    private static readonly (string Field, PoolingMode Mode)[] FlagFields =
    [
        ("pooling_mode_cls_token", PoolingMode.Cls),
        ("pooling_mode_max_tokens", PoolingMode.Max),
        ("pooling_mode_mean_tokens", PoolingMode.Mean),
        ("pooling_mode_mean_sqrt_len_tokens", PoolingMode.MeanSqrtLength),
        ("pooling_mode_weightedmean_tokens", PoolingMode.WeightedMean),
        ("pooling_mode_lasttoken", PoolingMode.LastToken),
    ];

    /// <summary>The mode of that name in sentence-transformers' newer configuration (<c>cls</c>, <c>mean</c>, <c>max</c>, <c>mean_sqrt_len_tokens</c>, <c>weightedmean</c>, <c>lasttoken</c>).</summary>
    public static PoolingMode? ModeOf(string name) => name switch
    {
        "cls" => PoolingMode.Cls,
        "max" => PoolingMode.Max,
        "mean" => PoolingMode.Mean,
        "mean_sqrt_len_tokens" => PoolingMode.MeanSqrtLength,
        "weightedmean" => PoolingMode.WeightedMean,
        "lasttoken" => PoolingMode.LastToken,
        _ => null,
    };

    /// <summary>Reads <c>1_Pooling/config.json</c> in its older (a flag a mode) or newer form (<c>pooling_mode</c>).</summary>
    internal static PoolingModule Read(string path, int hiddenSize)
    {
        JsonFile json = JsonFile.Read(path);
        string sizeField = json.Has("embedding_dimension") ? "embedding_dimension" : "word_embedding_dimension";
        int size = json.PositiveInteger(sizeField, fallback: hiddenSize);
        if (size != hiddenSize)
            throw new ModelFormatException(path, $"field \"{sizeField}\" is {size}, but config.json's \"hidden_size\" is {hiddenSize}.");
        PoolingMode[] modes = json.Has("pooling_mode") ? NamedModes(json) : FlaggedModes(json);
        if (modes.Length == 0)
            throw new ModelFormatException(path, "switches no pooling mode on. Set one, such as \"pooling_mode_mean_tokens\": true, or override it with --pooling.");
        return new PoolingModule(modes, json.Flag("include_prompt", fallback: true));
    }

    private static PoolingMode[] FlaggedModes(JsonFile json) =>
        [.. FlagFields.Where(entry => json.Flag(entry.Field, fallback: false)).Select(entry => entry.Mode)];

    private static PoolingMode[] NamedModes(JsonFile json)
    {
        json.TryGet("pooling_mode", out JsonElement value);
        IEnumerable<string> names = value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => value.EnumerateArray().Select(name => name.ToString()),
            _ => throw json.Wrong("pooling_mode", value, "a mode's name or a list of names"),
        };
        PoolingMode[] modes = [.. names.Select(name => ModeOf(name) ?? throw json.Wrong("pooling_mode", value, "of cls, max, mean, mean_sqrt_len_tokens, weightedmean and lasttoken"))];
        return modes.Distinct().Count() == modes.Length ? modes : throw json.Wrong("pooling_mode", value, "a list of different modes");
    }
}
