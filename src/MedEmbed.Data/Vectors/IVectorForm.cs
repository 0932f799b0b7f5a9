using MedEmbed.Data.Outputs;

namespace MedEmbed.Data.Vectors;

/// <summary>One layout of vectors on disk.</summary>
internal interface IVectorForm
{
    /// <summary>Whether the layout can be written to a pipe.</summary>
    bool CanStream { get; }

    /// <summary>Puts down what stands before the first vector.</summary>
    void Begin(Stream output);

    /// <summary>Puts down one vector; <paramref name="vector"/> holds the elements' bytes, little-endian.</summary>
    void Append(Stream output, string id, ReadOnlySpan<byte> vector);

    /// <summary>Ends the output.</summary>
    /// <param name="output">Where everything was written to.</param>
    /// <param name="rows">Vectors in all.</param>
    /// <param name="vectorBytes">Bytes a vector has.</param>
    /// <param name="cancellationToken">Ends the work; it can be done again.</param>
    Task CompleteAsync(ResumableOutput output, long rows, int vectorBytes, CancellationToken cancellationToken);
}
