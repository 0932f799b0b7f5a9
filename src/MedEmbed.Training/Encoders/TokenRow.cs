namespace MedEmbed.Training.Encoders;

/// <summary>A text's token ids, special tokens and prompt included.</summary>
/// <param name="Ids">The ids; at least one.</param>
/// <param name="Unpooled">Tokens at the beginning that pooling leaves out: those of a prompt, where the model says so.</param>
public readonly record struct TokenRow(ReadOnlyMemory<int> Ids, int Unpooled = 0)
{
    /// <summary>Number of tokens.</summary>
    public int Length => Ids.Length;
}
