namespace MedEmbed.Synthesis.Completions;

/// <summary>How an endpoint is asked to answer in JSON.</summary>
public enum JsonMode
{
    /// <summary>By schema; where the endpoint refuses that, as a JSON object; where it refuses that too, by the prompt alone.</summary>
    Auto,

    /// <summary>By JSON schema.</summary>
    Schema,

    /// <summary>As a JSON object, whatever its schema.</summary>
    Object,

    /// <summary>By the prompt alone.</summary>
    None,
}
