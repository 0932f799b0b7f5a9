using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MedEmbed.Data.Reading;

/// <summary>Ids seen so far, each kept as the first 128 bits of its SHA-256: about 30 bytes an id however long it is.</summary>
/// <remarks>Two ids of a set of n meet by chance with a probability of about n²/2^129 (10^-20 for a billion), so detection is exact for every practical purpose.</remarks>
internal sealed class IdSet
{
    private readonly HashSet<UInt128> _seen = [];

    /// <summary>Adds <paramref name="id"/>; false where it was there before.</summary>
    public bool Add(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(id.AsSpan()), hash);
        return _seen.Add(BinaryPrimitives.ReadUInt128LittleEndian(hash));
    }
}
