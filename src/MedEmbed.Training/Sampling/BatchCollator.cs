using MedEmbed.Training.Encoders;
using MedEmbed.Training.Stepping;

namespace MedEmbed.Training.Sampling;

/// <summary>Tokenises batches.</summary>
/// <remarks>Thread-safe. Teachers' scores and guides' vectors that are not in the data are added to the result with <c>with</c>.</remarks>
/// <param name="tokens">The tokenizer of the model in training.</param>
/// <param name="options">How long texts may be; null for the defaults.</param>
public sealed class BatchCollator(TextTokens tokens, BatchCollatorOptions? options = null)
{
    private readonly BatchCollatorOptions _options = options ?? new BatchCollatorOptions();

    /// <summary>The batch as token ids, with its known positives, and with the data's scores where every example has them.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="truncated">Texts that lost their end.</param>
    public TokenizedBatch Collate(TrainingBatch batch, out int truncated)
    {
        ArgumentNullException.ThrowIfNull(batch);
        truncated = 0;
        IReadOnlyList<TrainingExample> examples = batch.Examples;
        TokenRow[] queries = new TokenRow[examples.Count];
        for (int i = 0; i < queries.Length; i++)
            queries[i] = RowOf(examples[i].Query, examples[i].QueryPrompt, _options.MaxQueryLength, ref truncated);
        TokenRow[] documents = new TokenRow[batch.DocumentCount];
        for (int i = 0; i < documents.Length; i++)
            documents[i] = RowOf(batch.Document(i), examples[i % queries.Length].Source.DocumentPrompt, _options.MaxPassageLength, ref truncated);
        return new TokenizedBatch(queries, documents)
        {
            KnownPositives = [.. batch.KnownPositives],
            TeacherScores = examples.All(example => example.Scores is not null) ? [.. examples.SelectMany(example => example.Scores!)] : null,
        };
    }

    private TokenRow RowOf(string text, string prompt, int maxLength, ref int truncated)
    {
        TokenRow row = tokens.Of(text, prompt, maxLength, out bool cut);
        truncated += cut ? 1 : 0;
        return row;
    }
}
