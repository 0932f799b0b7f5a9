namespace MedEmbed.Data.Reading;

/// <summary>Lines left out, because of <see cref="ReadOptions.SkipBadLines"/> or because a form of data has no use for them, and why.</summary>
/// <remarks>Written by one reader; may be read while the reader is at work, but only from the thread that drives it.</remarks>
public sealed class BadLines
{
    /// <summary>Reasons kept in <see cref="FirstReasons"/>.</summary>
    public const int KeptReasons = 10;

    private readonly List<string> _reasons = [];

    /// <summary>Lines left out so far.</summary>
    public long Count { get; private set; }

    /// <summary>What was wrong with the first of them, as <c>file:line: problem</c>.</summary>
    public IReadOnlyList<string> FirstReasons => _reasons;

    internal void Add(DataFormatException reason)
    {
        Count++;
        if (_reasons.Count < KeptReasons)
            _reasons.Add(reason.Message);
    }

    internal void Add(BadLines others)
    {
        Count += others.Count;
        _reasons.AddRange(others._reasons.Take(KeptReasons - _reasons.Count));
    }
}
