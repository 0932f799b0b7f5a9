namespace MedEmbed.Encoding;

/// <summary>Some consecutive items of a stream and their vectors.</summary>
/// <param name="Items">The items, in stream order.</param>
/// <param name="Encoded">One row an item.</param>
public sealed record EncodedWindow<T>(IReadOnlyList<T> Items, Encoded Encoded);
