namespace MedEmbed.Training.Encoders;

/// <summary>How a <see cref="TrainableEncoder"/> computes.</summary>
public sealed record TrainableEncoderOptions
{
    /// <summary>What passes compute in.</summary>
    public ComputePrecision Precision { get; init; } = ComputePrecision.F32;

    /// <summary>Where: <c>auto</c> (a GPU where libtorch has and sees one), <c>cpu</c>, <c>cuda</c>, or a device of several, such as <c>cuda:1</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Share of values that dropout sets to zero in training, of embeddings, attention weights and layer outputs; from 0, which leaves dropout out, to below 1.</summary>
    public double Dropout { get; init; }

    /// <summary>Decides, with the step, which values dropout takes.</summary>
    public long Seed { get; init; }

    /// <summary>Tokens, padding included, that one pass holds at most; a longer text makes a pass of its own.</summary>
    public int ChunkTokens { get; init; } = 4096;

    /// <summary>Passes that <see cref="Stepping.GradientComputation"/> computes side by side, each on its share of the processor's threads and with its share of <see cref="ChunkTokens"/>; at least 1.</summary>
    /// <remarks>libtorch shares every operation out to its threads, and they wait for each other at each; passes of one thread each do not wait.</remarks>
    public int Lanes { get; init; } = 1;

    /// <summary>Whether backward passes compute each layer a second time instead of keeping what is inside it: memory falls to about an eighth, time grows by a third.</summary>
    public bool GradientCheckpointing { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Validate()
    {
        if (!(Dropout >= 0 && Dropout < 1))
            throw new ArgumentException($"Dropout must be from 0 to below 1, not {Dropout}.", nameof(Dropout));
        if (Lanes < 1)
            throw new ArgumentException($"There must be at least 1 lane, not {Lanes}.", nameof(Lanes));
        if (ChunkTokens < 1)
            throw new ArgumentException($"A pass must hold at least 1 token, not {ChunkTokens}.", nameof(ChunkTokens));
    }
}
