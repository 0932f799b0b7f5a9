namespace MedEmbed.Tokenization;

/// <summary>How many tokens the texts of a pair keep: the longer gives way first, as Hugging Face's <c>longest_first</c> has it.</summary>
internal static class PairTruncation
{
    /// <summary>The lengths kept of texts of <paramref name="first"/> and <paramref name="second"/> tokens where <paramref name="room"/> tokens fit.</summary>
    public static (int First, int Second) LongestFirst(int first, int second, int room)
    {
        if ((long)first + second <= room)
            return (first, second);
        int shorter = Math.Min(first, second);
        int half = room / 2;

        // Both give way: the longer (the second, of equals) keeps the odd token.
        if (shorter > half)
            return first > second ? (room - half, half) : (half, room - half);
        return first > second ? (room - shorter, shorter) : (shorter, room - shorter);
    }
}
