using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Records;

/// <summary>The values of one line or row by field; null where the field is missing or null.</summary>
internal sealed class RecordValues(string[] names)
{
    private readonly object?[] _values = new object?[names.Length];

    public object? this[int field]
    {
        set => _values[field] = value;
    }

    public string? Text(string name) => (string?)Find(name);

    public double? Number(string name) => (double?)Find(name);

    public IReadOnlyList<string>? Texts(string name) => (IReadOnlyList<string>?)Find(name);

    public IReadOnlyList<float>? Numbers(string name) => (IReadOnlyList<float>?)Find(name);

    /// <exception cref="LineFaultException">The text is missing or null; <paramref name="rule"/> says why it is needed.</exception>
    public string RequireText(string name, string rule) =>
        Text(name) ?? throw new LineFaultException($"field \"{name}\" is missing or null; {rule}.");

    /// <exception cref="LineFaultException">The list is missing or null; <paramref name="rule"/> says why it is needed.</exception>
    public IReadOnlyList<string> RequireTexts(string name, string rule) =>
        Texts(name) ?? throw new LineFaultException($"field \"{name}\" is missing or null; {rule}.");

    private object? Find(string name) => _values[Array.IndexOf(names, name)];
}
