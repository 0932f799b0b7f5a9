using MedEmbed.Models;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Losses;

/// <summary>Forward, loss and backward of the golden batch, leaving gradients in the encoder's parameters.</summary>
internal static class GoldenStep
{
    public static TrainableEncoder Open(string model) =>
        TrainableEncoder.Open(ModelFolder.Open(SharedFiles.Require($"golden/{model}")), new TrainableEncoderOptions { Device = "cpu" });

    /// <summary>The loss's value; every column is one pass, or is cut into mini-batches whose vectors are computed twice where the loss is cached.</summary>
    public static double Run(TrainableEncoder encoder, GoldenLoss golden, GoldenBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        TokenRow[][] columns = Columns(encoder, golden, batch);
        IForwardPass[] passes = golden.MiniBatch is null ? [.. columns.Select((rows, index) => encoder.Forward(rows, 0, index))] : [];
        Tensor[] vectors = golden.MiniBatch is { } size
            ? [.. columns.Select(rows => cat([.. rows.Chunk(size).Select(encoder.Encode)], 0).requires_grad_())]
            : [.. passes.Select(pass => pass.Vectors.requires_grad_())];
        using TrainableEncoder? guide = golden.Guide is { } name ? Open(name) : null;
        Tensor loss = golden.Loss().Compute(Batch(vectors) with
        {
            TeacherScores = tensor(batch.TeacherScores.SelectMany(row => row[..(golden.Columns - 1)]).ToArray(), [batch.TeacherScores.Length, golden.Columns - 1]),
            Guide = guide is null ? null : Batch([.. Columns(guide, golden, batch).Select(guide.Encode)]),
        });
        loss.backward();
        for (int column = 0; column < vectors.Length; column++)
        {
            // A loss may not look at a column: the gradient is then absent.
            if (vectors[column].grad is not { } gradient)
                continue;
            if (golden.MiniBatch is { } rows)
                BackwardAgain(encoder, columns[column], gradient, rows);
            else
                passes[column].Backward(gradient);
        }

        return loss.item<float>();
    }

    private static void BackwardAgain(TrainableEncoder encoder, TokenRow[] rows, Tensor gradient, int size)
    {
        foreach ((int index, TokenRow[] chunk) in rows.Chunk(size).Index())
            encoder.Forward(chunk, 0, index).Backward(gradient.narrow(0, index * size, chunk.Length));
    }

    private static EmbeddedBatch Batch(Tensor[] columns) => new() { Queries = columns[0], Positives = columns[1], Negatives = columns[2..] };

    private static TokenRow[][] Columns(TrainableEncoder encoder, GoldenLoss golden, GoldenBatch batch) =>
        [.. batch.Columns.Take(golden.Columns).Select(texts => texts.Select(text => encoder.Tokens.Of(text, "", encoder.MaxLength, out _)).ToArray())];
}
