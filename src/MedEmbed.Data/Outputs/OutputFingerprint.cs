using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MedEmbed.Data.Outputs;

/// <summary>Tells whether two runs would write the same output: a SHA-256 over named settings and the content of input files.</summary>
/// <remarks>The order of the additions counts. Not thread-safe.</remarks>
public sealed class OutputFingerprint : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a setting.</summary>
    public OutputFingerprint Add(string name, string? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Append(Encoding.UTF8.GetBytes(name));
        Append(value is null ? [0xFF] : Encoding.UTF8.GetBytes(value));
        return this;
    }

    /// <summary>Adds the content of an input file (not its name or time, so that a copy elsewhere continues the same output). Reads all of it, at about 1 GB/s.</summary>
    public async Task<OutputFingerprint> AddFileAsync(string name, string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        byte[] content = await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
        return Add(name, Convert.ToHexStringLower(content));
    }

    /// <summary>The fingerprint of what was added so far: 64 hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    // Lengths before contents keep ("ab", "c") apart from ("a", "bc").
    private void Append(ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
    }
}
