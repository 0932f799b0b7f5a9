using System.Text;

namespace MedEmbed.Data.Triplets;

/// <summary>Where in a JSON record a field stands.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Head">The record's own field, in UTF-8.</param>
/// <param name="InnerNames">The fields of inner objects that lead to it from there, in UTF-8; none where it is the record's own.</param>
internal sealed record FieldPath(string Name, byte[] Head, byte[][] InnerNames)
{
    /// <summary>A field of the record itself.</summary>
    public static FieldPath OfName(string name) => new(name, Encoding.UTF8.GetBytes(name), []);

    /// <summary>A field of inner objects, whose names <paramref name="name"/> joins by dots.</summary>
    public static FieldPath OfInner(string name) => name.Split('.').Select(Encoding.UTF8.GetBytes).ToArray() is [var head, .. var inner] ? new(name, head, inner) : OfName(name);
}
