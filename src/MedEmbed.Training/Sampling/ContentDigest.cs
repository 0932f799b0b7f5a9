using System.Buffers.Binary;
using System.Security.Cryptography;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Training.Sampling;

/// <summary>A SHA-256 over triplets in their order.</summary>
internal sealed class ContentDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[1 << 12];

    public void Add(Triplet triplet)
    {
        Add(triplet.Query);
        Add(triplet.Positives, triplet.PositiveScores);
        Add(triplet.Negatives, triplet.NegativeScores);
        Add(triplet.Group is null ? 0 : 1);
        Add(triplet.Group ?? "");
    }

    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();

    // Numbers of items before the items, and lengths before texts, keep neighbours apart.
    private void Add(IReadOnlyList<string> passages, IReadOnlyList<float>? scores)
    {
        Add(passages.Count);
        foreach (string passage in passages)
            Add(passage);
        Add(scores is null ? 0 : 1);
        foreach (float score in scores ?? [])
            Add(BitConverter.SingleToInt32Bits(score));
    }

    private void Add(string text)
    {
        int most = System.Text.Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_buffer.Length < most)
            _buffer = new byte[most];
        int length = System.Text.Encoding.UTF8.GetBytes(text, _buffer);
        Add(length);
        _hash.AppendData(_buffer, 0, length);
    }

    private void Add(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
