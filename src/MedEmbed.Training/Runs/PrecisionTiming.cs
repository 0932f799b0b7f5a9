using System.Diagnostics;
using MedEmbed.Models;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Stepping;

namespace MedEmbed.Training.Runs;

/// <summary>Finds out which precision is faster on this machine.</summary>
internal static class PrecisionTiming
{
    private const int MostQueries = 8;

    /// <summary>Times a part of <paramref name="batch"/> in both, each after a pass to warm up, and takes the faster.</summary>
    public static ComputePrecision Choose(ModelFolder model, TrainableEncoderOptions options, PreparedBatch batch, long memoryBytes)
    {
        PreparedBatch part = Part(batch);
        TimeSpan f32 = Time(model, options with { Precision = ComputePrecision.F32 }, part, memoryBytes);
        TimeSpan bf16 = Time(model, options with { Precision = ComputePrecision.BF16 }, part, memoryBytes);
        return bf16 < f32 ? ComputePrecision.BF16 : ComputePrecision.F32;
    }

    private static TimeSpan Time(ModelFolder model, TrainableEncoderOptions options, PreparedBatch batch, long memoryBytes)
    {
        using var encoder = TrainableEncoder.Open(model, options);
        using var gradients = new GradientComputation(encoder, memoryBytes);
        gradients.Add(batch.Tokens, batch.Loss, step: 0);
        var best = TimeSpan.MaxValue;
        for (int i = 0; i < 2; i++)
        {
            var clock = Stopwatch.StartNew();
            gradients.Add(batch.Tokens, batch.Loss, step: 0);
            best = clock.Elapsed < best ? clock.Elapsed : best;
        }

        return best;
    }

    /// <summary>A few queries tell as much as all.</summary>
    private static PreparedBatch Part(PreparedBatch batch)
    {
        TokenizedBatch all = batch.Tokens;
        int queries = all.Queries.Count;
        if (queries <= MostQueries || all.TeacherScores is not null || all.TeacherBatchScores is not null || all.GuideVectors is not null || all.KnownPositives is not null)
            return batch;
        return batch with
        {
            Tokens = new TokenizedBatch(
                [.. all.Queries.Take(MostQueries)],
                [.. Enumerable.Range(0, all.Negatives + 1).SelectMany(column => all.Documents.Skip(column * queries).Take(MostQueries))]),
        };
    }
}
