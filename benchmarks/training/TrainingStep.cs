using MedEmbed.Models;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Losses;
using MedEmbed.Training.Optimization;
using MedEmbed.Training.Stepping;

namespace MedEmbed.Benchmarks.Training;

/// <summary>A model with its optimiser: forward, loss, backward, clipping and update, as a run does them.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly TrainableEncoder _encoder;
    private readonly GradientComputation _gradients;
    private readonly AdamW _optimizer;
    private readonly InfoNceLoss _loss = new();
    private long _step;

    public TrainingStep(string model, ComputePrecision precision, long memoryBytes, int lanes, int chunkTokens = 2048)
    {
        _encoder = TrainableEncoder.Open(ModelFolder.Open(model), new TrainableEncoderOptions { Precision = precision, Device = "cpu", ChunkTokens = chunkTokens, Lanes = lanes });
        _gradients = new GradientComputation(_encoder, memoryBytes);
        _optimizer = new AdamW(OptimizedParameter.Of(_encoder.Parameters));
    }

    public StepGradients Take(TokenizedBatch batch)
    {
        StepGradients result = _gradients.Add(batch, _loss, _step++);
        GradientClipping.Clip(_optimizer.Parameters.Select(parameter => parameter.Tensor), 1);
        _optimizer.Step(1e-5);
        _optimizer.ZeroGradients();
        return result;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _gradients.Dispose();
        _encoder.Dispose();
    }
}
