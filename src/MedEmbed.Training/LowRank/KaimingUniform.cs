namespace MedEmbed.Training.LowRank;

/// <summary>The values that PEFT and <c>torch.nn.Linear</c> begin with: uniform within ±1/√inputs (He et al. 2015, arXiv 1502.01852, with a = √5).</summary>
/// <remarks>Drawn from a generator of its own, begun for each layer by seed and name: libtorch's is not touched, and no layer's values depend on another's.</remarks>
internal static class KaimingUniform
{
    public static float[] Values(int count, int inputs, long seed, string name)
    {
        ulong state = Begin(seed, name);
        double bound = 1 / Math.Sqrt(inputs);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            // SplitMix64 (Steele, Lea and Flood 2014); the upper 53 bits as a number from 0 to below 1.
            double unit = (Mixed(state += 0x9E3779B97F4A7C15) >> 11) * (1.0 / (1UL << 53));
            values[i] = (float)((2 * unit - 1) * bound);
        }

        return values;
    }

    private static ulong Begin(long seed, string name)
    {
        ulong state = Mixed((ulong)seed + 0x9E3779B97F4A7C15);
        foreach (char letter in name)
            state = Mixed((state ^ letter) + 0x9E3779B97F4A7C15);
        return state;
    }

    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
