using System.Globalization;
using MedEmbed.Data.Outputs;

namespace MedEmbed.Synthesis.Completions;

/// <summary>What tells one request from another: the note's part, the messages (prompts and text), the model and its settings.</summary>
internal static class CompletionKey
{
    /// <summary>64 hexadecimal digits.</summary>
    public static string Of(string partId, IReadOnlyList<CompletionMessage> messages, CompletionSettings settings)
    {
        using var fingerprint = new OutputFingerprint();
        fingerprint.Add("completion", "1")
            .Add("part", partId)
            .Add("model", settings.Model)
            .Add("temperature", settings.Temperature.ToString("R", CultureInfo.InvariantCulture))
            .Add("max tokens", settings.MaxTokens.ToString(CultureInfo.InvariantCulture))
            .Add("seed", settings.Seed?.ToString(CultureInfo.InvariantCulture))
            .Add("json", settings.JsonMode.ToString());
        foreach (CompletionMessage message in messages)
            fingerprint.Add(message.Role, message.Text);
        return fingerprint.ToString();
    }
}
