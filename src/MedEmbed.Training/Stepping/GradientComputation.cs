using MedEmbed.Training.Encoders;
using MedEmbed.Training.Libtorch;
using MedEmbed.Training.Losses;
using static TorchSharp.torch;

namespace MedEmbed.Training.Stepping;

/// <summary>Loss and gradients of a batch of any size.</summary>
/// <remarks>
/// The texts go through the encoder in chunks of like length. The loss sees their vectors as leaves; the gradients it leaves there are taken back through
/// each chunk. Where the chunks' graphs together would take more memory than allowed, their vectors are computed without graphs first and a second time
/// for the backward half (GradCache, Gao et al. 2021, arXiv 2101.06983): the same gradients, in the memory of one chunk.
/// With several lanes (<see cref="TrainableEncoderOptions.Lanes"/>) passes run side by side, and the lanes' gradients are added up in their order, so that the same lanes give the same bits.
/// Every tensor made on the way is gone at the end of a call. Not thread-safe.
/// </remarks>
public sealed class GradientComputation : IDisposable
{
    private readonly TrainableEncoder _encoder;
    private readonly PassLanes _lanes;
    private readonly long _memoryBytes;

    /// <summary>Prepares computations for <paramref name="encoder"/>, adapters and frozen parameters as they are now.</summary>
    /// <param name="encoder">The model.</param>
    /// <param name="memoryBytes">Bytes that graphs may take before passes are computed twice.</param>
    public GradientComputation(TrainableEncoder encoder, long memoryBytes)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfNegative(memoryBytes);
        (_encoder, _memoryBytes, _lanes) = (encoder, memoryBytes, new PassLanes(encoder));
    }

    /// <summary>Adds the gradients of <paramref name="scale"/> times the loss to the parameters'.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="step">The step's number, for dropout.</param>
    /// <param name="firstPass">Number of the step's passes before this batch, for dropout: where several batches make a step, no two may share one.</param>
    /// <param name="scale">A factor: 1 over the number of batches whose gradients make a step.</param>
    public StepGradients Add(TokenizedBatch batch, ITrainingLoss loss, long step, int firstPass = 0, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(loss);
        using var scope = NewDisposeScope();
        using IDisposable lanes = _lanes.Begin();
        TokenRow[] rows = [.. batch.Queries, .. batch.Documents];
        List<RowChunk> chunks = RowChunk.Plan(rows, Math.Max(1, _encoder.Options.ChunkTokens / _encoder.Options.Lanes));
        bool cached = chunks.Count > 1 && chunks.Sum(chunk => GraphBytes(chunk)) > _memoryBytes;
        var passes = new IForwardPass?[chunks.Count];
        var parts = new Tensor[chunks.Count];
        _lanes.Run(chunks, (replica, i) =>
        {
            if (cached)
            {
                parts[i] = VectorsAlone(replica, chunks[i], rows, step, firstPass + i);
                return;
            }

            passes[i] = Forward(replica, chunks[i], rows, step, firstPass + i);
            parts[i] = passes[i]!.Vectors;
        });
        Tensor vectors = cat(parts);
        Tensor order = tensor(chunks.SelectMany(chunk => chunk.Rows).Select(row => (long)row).ToArray()).to(vectors.device);
        Tensor leaves = empty_like(vectors).index_copy_(0, order, vectors).requires_grad_();
        Tensor value = loss.Compute(BatchVectors.Of(leaves, batch));
        float result = value.item<float>();
        if (float.IsFinite(result))
        {
            value.Times(scale).backward();
            Tensor gradient = leaves.grad!.index_select(0, order);
            TakeBack(chunks, passes, rows, gradient, step, firstPass);
        }

        return new StepGradients(result, batch.Tokens, cached);
    }

    /// <summary>Frees what the lanes hold; the encoder stays.</summary>
    public void Dispose() => _lanes.Dispose();

    private void TakeBack(List<RowChunk> chunks, IForwardPass?[] passes, TokenRow[] rows, Tensor gradient, long step, int firstPass)
    {
        long[] starts = new long[chunks.Count];
        for (int i = 1; i < starts.Length; i++)
            starts[i] = starts[i - 1] + chunks[i - 1].Rows.Count;
        _lanes.Run(chunks, (replica, i) =>
        {
            using var scope = NewDisposeScope();
            Tensor part = gradient.narrow(0, starts[i], chunks[i].Rows.Count);
            (passes[i] ?? Forward(replica, chunks[i], rows, step, firstPass + i)).Backward(part);
        });
        _lanes.GatherGradients();
    }

    private static IForwardPass Forward(EncoderReplica replica, RowChunk chunk, TokenRow[] rows, long step, int pass) => replica.Forward(Pick(chunk, rows), step, pass);

    private static Tensor VectorsAlone(EncoderReplica replica, RowChunk chunk, TokenRow[] rows, long step, int pass)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return Forward(replica, chunk, rows, step, pass).Vectors.MoveToOuterDisposeScope();
    }

    private static TokenRow[] Pick(RowChunk chunk, TokenRow[] rows) => [.. chunk.Rows.Select(row => rows[row])];

    /// <summary>About what a chunk's graph keeps: some eighteen hidden widths a token and layer, and two numbers for every pair of tokens and head.</summary>
    private long GraphBytes(RowChunk chunk)
    {
        var config = _encoder.Model.Config;
        long width = _encoder.Options.Precision == ComputePrecision.BF16 ? 2 : 4;
        long kept = _encoder.Options.GradientCheckpointing ? config.HiddenSize : (10L * config.HiddenSize) + (2L * config.IntermediateSize) + (2L * config.Heads * chunk.Length);
        return (long)chunk.Rows.Count * chunk.Length * config.Layers * kept * width;
    }
}
