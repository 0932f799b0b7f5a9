using Microsoft.ML.OnnxRuntime;

namespace MedEmbed.Encoding;

/// <summary>Input values of one run, disposed together.</summary>
internal sealed class OrtInputs(int count) : IDisposable
{
    private readonly List<OrtValue> _owned = new(count);

    /// <summary>All values in the order they were added.</summary>
    public List<OrtValue> Values { get; } = new(count);

    /// <summary>Adds a tensor over <paramref name="memory"/>, which must stay untouched until the run is over.</summary>
    public void Add<T>(Memory<T> memory, long[] shape)
        where T : unmanaged
    {
        var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
        _owned.Add(value);
        Values.Add(value);
    }

    /// <summary>Adds a value that somebody else disposes.</summary>
    public void Add(OrtValue borrowed) => Values.Add(borrowed);

    public void Dispose()
    {
        foreach (OrtValue value in _owned)
            value.Dispose();
    }
}
