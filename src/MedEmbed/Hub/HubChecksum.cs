using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace MedEmbed.Hub;

/// <summary>What a hub says a file's content hashes to: SHA-256 for files in large file storage, git's blob SHA-1 for the others.</summary>
public sealed record HubChecksum
{
    private const int BufferSize = 1 << 20;

    private HubChecksum(string hex) => Hex = hex;

    /// <summary>The digest in lower-case hexadecimal: 64 digits for SHA-256, 40 for a git blob's SHA-1.</summary>
    public string Hex { get; }

    /// <summary>Whether this is a SHA-256 (large file storage), not a git blob's SHA-1.</summary>
    public bool IsSha256 => Hex.Length == 64;

    /// <summary>Reads 64 hexadecimal digits as SHA-256, 40 as a git blob's SHA-1; null for anything else.</summary>
    public static HubChecksum? TryParse(string? hex) =>
        IsHex(hex, 64) || IsHex(hex, 40) ? new HubChecksum(hex!.ToLowerInvariant()) : null;

    /// <summary>Hashes a file in the way this checksum was made and compares.</summary>
    /// <returns>Whether the file's content is what the checksum says.</returns>
    public async Task<bool> MatchesAsync(string path, CancellationToken cancellationToken = default)
    {
        using var hash = IncrementalHash.CreateHash(IsSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous);

        // git hashes "blob SIZE\0" before the content.
        if (!IsSha256)
            hash.AppendData(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {file.Length}\0")));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (int read; (read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                hash.AppendData(buffer, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == Hex;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(IsSha256 ? "SHA-256" : "git blob SHA-1")} {Hex}";

    internal static bool IsHex(string? text, int length) => text?.Length == length && text.All(char.IsAsciiHexDigit);
}
