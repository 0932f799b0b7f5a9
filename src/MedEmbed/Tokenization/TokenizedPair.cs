namespace MedEmbed.Tokenization;

/// <summary>Two texts as one sequence of tokens, special tokens included.</summary>
/// <param name="Ids">Token ids, in order.</param>
/// <param name="TypeIds">For each token the segment that it belongs to, as the tokenizer's template has it (BERT: 0 up to the first separator, then 1).</param>
/// <param name="Truncated">Whether either text lost tokens.</param>
public sealed record TokenizedPair(int[] Ids, int[] TypeIds, bool Truncated);
