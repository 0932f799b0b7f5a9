using System.Diagnostics;
using MedEmbed.Models;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Losses;
using MedEmbed.Training.Stepping;
using static TorchSharp.torch;

string model = args[0];
foreach (ComputePrecision precision in (ComputePrecision[])[ComputePrecision.BF16])
{
    using var encoder = TrainableEncoder.Open(ModelFolder.Open(model), new TrainableEncoderOptions { Precision = precision, ChunkTokens = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) });
    set_num_threads(int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture));
    var gradients = new GradientComputation(encoder, 16L << 30);
    var batch = Batch(32, [32, 128, 128]);
    for (int i = 0; i < 6; i++)
    {
        var clock = Stopwatch.StartNew();
        StepGradients step = gradients.Add(batch, new Simple(), i);
        Console.WriteLine($"{precision} {step.Loss} {step.Tokens / clock.Elapsed.TotalSeconds:F0} tokens/s, {Process.GetCurrentProcess().WorkingSet64 >> 20} MB");
    }
}

static TokenizedBatch Batch(int queries, int[] lengths)
{
    var random = new Random(1);
    TokenRow Row(int length) => new(Enumerable.Range(0, length).Select(i => i == 0 ? 101 : i == length - 1 ? 102 : random.Next(1000, 30000)).ToArray());
    return new TokenizedBatch([.. Enumerable.Range(0, queries).Select(_ => Row(lengths[0]))], [.. lengths.Skip(1).SelectMany(length => Enumerable.Range(0, queries).Select(_ => Row(length)))]);
}

file sealed class Simple : ITrainingLoss
{
    public LossNeeds Needs => LossNeeds.None;

    public Tensor Compute(EmbeddedBatch batch) =>
        nn.functional.cross_entropy(batch.Queries.matmul(cat([batch.Positives, .. batch.Negatives]).t()) / 0.02, arange(batch.Queries.shape[0]));
}
