using System.Globalization;
using static TorchSharp.torch;

namespace MedEmbed.Training.Optimization;

/// <summary>Named tensors of a checkpoint, taken into live ones.</summary>
internal static class NamedState
{
    /// <summary>Copies every tensor of <paramref name="saved"/> into its namesake in <paramref name="live"/>, after all names and shapes were checked.</summary>
    /// <exception cref="ArgumentException">A tensor is missing, surplus, or of another shape.</exception>
    public static void CopyInto(IReadOnlyDictionary<string, Tensor> live, IReadOnlyDictionary<string, Tensor> saved, string owner)
    {
        ArgumentNullException.ThrowIfNull(saved);
        foreach ((string name, Tensor tensor) in live)
        {
            if (!saved.TryGetValue(name, out Tensor? value))
                throw new ArgumentException($"The saved state lacks {name}, which this {owner} has; it was saved for other parameters.", nameof(saved));
            if (!value.shape.AsSpan().SequenceEqual(tensor.shape))
                throw new ArgumentException($"{name} of the saved state is {Text(value.shape)}, but this {owner}'s is {Text(tensor.shape)}.", nameof(saved));
        }

        if (saved.Keys.FirstOrDefault(name => !live.ContainsKey(name)) is { } surplus)
            throw new ArgumentException($"The saved state has {surplus}, which this {owner} lacks; it was saved for other parameters.", nameof(saved));
        using IDisposable _ = no_grad();
        foreach ((string name, Tensor tensor) in live)
            tensor.copy_(saved[name]);
    }

    private static string Text(long[] shape) =>
        $"[{string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
}
