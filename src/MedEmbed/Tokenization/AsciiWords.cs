using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MedEmbed.Tokenization;

/// <summary>The quick way through words of up to 16 ASCII letters and digits, white space and ASCII punctuation. Immutable and thread-safe.</summary>
internal sealed class AsciiWords
{
    private readonly CharacterKind[] _kinds = new CharacterKind[128];
    private readonly WordPieceModel _model;
    private readonly AddedTokenFinder _addedTokens;
    private readonly Vector128<byte> _caseBit;

    public AsciiWords(WordPieceModel model, BertNormalization rules, AddedTokenFinder addedTokens)
    {
        (_model, _addedTokens) = (model, addedTokens);

        // Digits have the bit that tells lower case from upper already.
        _caseBit = rules.Lowercase ? Vector128.Create((byte)0x20) : Vector128<byte>.Zero;
        for (char c = '\0'; c < _kinds.Length; c++)
        {
            _kinds[c] = c is ' ' or '\t' or '\n' or '\r' ? CharacterKind.Space
                : char.IsAsciiLetterOrDigit(c) ? CharacterKind.Word
                : c > ' ' && c < '\x7F' ? CharacterKind.Punctuation
                : CharacterKind.Other;
        }

        foreach (char first in addedTokens.FirstCharacters.Where(char.IsAscii))
        {
            if (_kinds[first] == CharacterKind.Punctuation)
                _kinds[first] = CharacterKind.AddedToken;
        }
    }

    private enum CharacterKind : byte
    {
        Other,
        Word,
        Space,
        Punctuation,

        /// <summary>Punctuation that an added token may begin with.</summary>
        AddedToken,
    }

    private static ReadOnlySpan<byte> LengthMasks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Whether the quick way sees every boundary: no added token may begin inside what it takes at a stride, and no word it takes may be too long.</summary>
    public static bool Serves(WordPieceModel model, AddedTokenFinder addedTokens) =>
        model.MaxWordLength >= AsciiPieces.MaxLength
        && !addedTokens.FirstCharacters.Any(first => char.IsAsciiLetterOrDigit(first) || first is ' ' or '\t' or '\n' or '\r');

    /// <summary>Reads from <paramref name="position"/>, a word boundary, and returns the boundary before the first word that is not for this way.</summary>
    [SkipLocalsInit]
    public int Encode(ReadOnlySpan<char> text, int position, ref int hiddenUntil, ref TokenWriter writer)
    {
        AsciiPieces pieces = _model.Ascii;
        while (position < text.Length)
        {
            char current = text[position];
            if (current >= 128)
                return position;
            CharacterKind kind = _kinds[current];
            if (kind == CharacterKind.Word)
            {
                Vector128<byte> bytes = Narrow(text[position..]);
                Vector128<byte> folded = bytes | Vector128.Create((byte)0x20);
                Vector128<byte> letters = Vector128.LessThanOrEqual(folded - Vector128.Create((byte)'a'), Vector128.Create((byte)25));
                Vector128<byte> digits = Vector128.LessThanOrEqual(bytes - Vector128.Create((byte)'0'), Vector128.Create((byte)9));
                int length = System.Numerics.BitOperations.TrailingZeroCount(~(letters | digits).ExtractMostSignificantBits());
                int end = position + length;
                if (end < text.Length && (text[end] >= 128 || _kinds[text[end]] <= CharacterKind.Word))
                    return position;

                Vector128<byte> mask = Vector128.LoadUnsafe(in MemoryMarshal.GetReference(LengthMasks), (nuint)(16 - length));
                Vector128<ulong> key = ((bytes | _caseBit) & mask).AsUInt64();
                pieces.Tokenize(key.GetElement(0), key.GetElement(1), length, ref writer);
                position = end;
                writer.EndWord();
                if (writer.IsSettled)
                    return position;
            }
            else if (kind == CharacterKind.Space)
            {
                position++;
            }
            else if (kind == CharacterKind.Punctuation)
            {
                writer.Add(_model.IdOfAscii(current));
                position++;
                writer.EndWord();
                if (writer.IsSettled)
                    return position;
            }
            else if (kind == CharacterKind.AddedToken)
            {
                position += TakeAddedToken(text, position, ref hiddenUntil, ref writer);
                if (writer.IsSettled)
                    return position;
            }
            else
            {
                return position;
            }
        }

        return position;
    }

    private int TakeAddedToken(ReadOnlySpan<char> text, int position, ref int hiddenUntil, ref TokenWriter writer)
    {
        if (_addedTokens.FindAt(text, position, ref hiddenUntil) is { } token)
        {
            writer.Add(token.Id);
            writer.EndWord();
            return token.Content.Length;
        }

        writer.Add(_model.IdOfAscii(text[position]));
        writer.EndWord();
        return 1;
    }

    // Characters beyond ASCII become bytes beyond ASCII; behind the text's end stand zeros.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Narrow(ReadOnlySpan<char> text)
    {
        if (text.Length < Vector128<byte>.Count)
            return NarrowEnd(text);
        ref ushort first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        return Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref first), Vector128.LoadUnsafe(ref first, 8));
    }

    private static Vector128<byte> NarrowEnd(ReadOnlySpan<char> text)
    {
        Span<char> padded = stackalloc char[Vector128<byte>.Count];
        padded.Clear();
        text.CopyTo(padded);
        return Narrow(padded);
    }
}
