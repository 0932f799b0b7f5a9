using System.Diagnostics;
using System.Globalization;
using MedEmbed.Data.Outputs;
using MedEmbed.Data.Vectors;
using MedEmbed.Encoding;

namespace MedEmbed.Evaluation.Systems;

/// <summary>Vectors of texts, encoded chunk by chunk and kept on disk, so that an interrupted run goes on and a later one finds them.</summary>
/// <remarks>
/// A file belongs to model, precision, maximum length, prompt text and texts; settings that differ in the query prompt alone share the documents' vectors.
/// Chunks are the same whether a run was interrupted or not, so the vectors are too.
/// </remarks>
internal sealed class TextVectors(DenseModel model, string? cacheFolder)
{
    /// <summary>What was encoded by this instance.</summary>
    public EncodingSpeed Speed { get; private set; }

    /// <summary>A vector a text, in the texts' order.</summary>
    /// <exception cref="EvaluationException">A vector holds a number that is not finite.</exception>
    /// <exception cref="IOException">The cache cannot be written, or another process is encoding the same texts.</exception>
    public async Task<EmbeddingMatrix> OfAsync(IReadOnlyList<string> texts, Prompt prompt, string unit, IEvaluationStages stages, CancellationToken cancellationToken)
    {
        var encoding = new ChunkEncoding(EncodeAsync, texts, prompt, unit);
        if (cacheFolder is null)
        {
            var vectors = new EmbeddingMatrix(texts.Count, model.Encoder.Dimensions);
            return await stages.RunAsync(unit, async progress =>
            {
                await foreach ((int row, ReadOnlyMemory<float> vector) in encoding.RunAsync(0, progress, cancellationToken).ConfigureAwait(false))
                    vector.Span.CopyTo(vectors[row]);
                return vectors;
            }).ConfigureAwait(false);
        }

        Directory.CreateDirectory(cacheFolder);
        string fingerprint = Fingerprint(texts, prompt);
        string path = Path.Combine(cacheFolder, fingerprint + ".npy");
        if (await ReadAsync(path, texts.Count, cancellationToken).ConfigureAwait(false) is { } kept)
            return kept;
        await stages.RunAsync(unit, progress => EncodeToAsync(path, fingerprint, encoding, progress, cancellationToken)).ConfigureAwait(false);
        return await ReadAsync(path, texts.Count, cancellationToken).ConfigureAwait(false)
            ?? throw new IOException($"{path}: was written and then changed by another process; run the command again.");
    }

    private static async Task<bool> EncodeToAsync(string path, string fingerprint, ChunkEncoding encoding, IProgress<StageProgress> progress, CancellationToken cancellationToken)
    {
        using VectorWriter writer = VectorWriter.Open(path, new VectorWriterOptions { Fingerprint = fingerprint, Overwrite = true, SaveEvery = TimeSpan.MaxValue });
        await foreach ((int row, ReadOnlyMemory<float> vector) in encoding.RunAsync((int)writer.Rows, progress, cancellationToken).ConfigureAwait(false))
        {
            writer.Write("", vector.Span);
            if ((row + 1) % ChunkEncoding.ChunkTexts == 0)
                writer.Save();
        }

        await writer.CompleteAsync(CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    private string Fingerprint(IReadOnlyList<string> texts, Prompt prompt)
    {
        using var fingerprint = new OutputFingerprint();
        fingerprint.Add("vectors", "1")
            .Add("model", model.Meta.Hash)
            .Add("precision", model.Precision)
            .Add("max length", model.Encoder.MaxLength.ToString(CultureInfo.InvariantCulture))
            .Add("prompt", model.Prompts.TextOf(prompt));
        foreach (string text in texts)
            fingerprint.Add("text", text);
        return fingerprint.ToString();
    }

    /// <summary>The vectors of a finished file; null where there is none of that shape.</summary>
    private async Task<EmbeddingMatrix?> ReadAsync(string path, int rows, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return null;
        int dimensions = model.Encoder.Dimensions, row = 0;
        var vectors = new EmbeddingMatrix(rows, dimensions);
        try
        {
            await foreach (VectorRecord record in VectorReader.ReadAsync(path, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                if (row == rows || record.Values.Length != dimensions)
                    return null;
                record.Values.CopyTo(vectors[row++]);
            }
        }
        catch (Data.DataFormatException)
        {
            // A damaged cache file is encoded again.
            return null;
        }

        return row == rows ? vectors : null;
    }

    private async Task<Encoded> EncodeAsync(IReadOnlyList<string> chunk, EncodeOptions options, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        Encoded encoded = await model.Encoder.EncodeAsync(chunk, options, cancellationToken).ConfigureAwait(false);
        Speed = Speed.Plus(new EncodingSpeed(encoded.Report.Texts, encoded.Report.Tokens, encoded.Report.Truncated, Stopwatch.GetElapsedTime(start)));
        return encoded;
    }
}
