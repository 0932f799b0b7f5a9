using System.Runtime.CompilerServices;
using MedEmbed.Encoding;

namespace MedEmbed.Evaluation.Systems;

/// <summary>Encodes texts from any of them on, chunk after chunk.</summary>
internal sealed class ChunkEncoding(Func<IReadOnlyList<string>, EncodeOptions, CancellationToken, Task<Encoded>> encode, IReadOnlyList<string> texts, Prompt prompt, string unit)
{
    /// <summary>What an interruption loses at most; large enough that batches of similar lengths are full.</summary>
    public const int ChunkTexts = 256;

    /// <summary>The vectors from text <paramref name="start"/> on.</summary>
    /// <exception cref="EvaluationException">A vector holds a number that is not finite.</exception>
    public async IAsyncEnumerable<(int Row, ReadOnlyMemory<float> Vector)> RunAsync(int start, IProgress<StageProgress> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int first = start; first < texts.Count; first += ChunkTexts)
        {
            string[] chunk = [.. texts.Skip(first).Take(ChunkTexts)];
            var options = new EncodeOptions { Prompt = prompt, Progress = new ChunkProgress(progress, first - start, texts.Count - start, unit) };
            Encoded encoded = await encode(chunk, options, cancellationToken).ConfigureAwait(false);
            for (int row = 0; row < chunk.Length; row++)
            {
                RequireFinite(encoded.Vectors[row], chunk[row]);
                yield return (first + row, encoded.Vectors.Row(row));
            }
        }
    }

    private static void RequireFinite(ReadOnlySpan<float> vector, string text)
    {
        foreach (float value in vector)
        {
            if (!float.IsFinite(value))
            {
                throw new EvaluationException(
                    $"the vector of the text \"{Beginning(text)}\" holds {(float.IsNaN(value) ? "NaN" : "an infinity")}, so the text has no rank. The model's weights are damaged, or its arithmetic overflows; try --precision f32.");
            }
        }
    }

    private static string Beginning(string text) => text.Length > 80 ? text[..80] + "…" : text;

    private sealed class ChunkProgress(IProgress<StageProgress> progress, long before, long total, string unit) : IProgress<EncodeProgress>
    {
        public void Report(EncodeProgress value) => progress.Report(new StageProgress(before + value.Texts, total, unit));
    }
}
