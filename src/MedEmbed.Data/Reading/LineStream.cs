using System.Runtime.CompilerServices;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Reading;

/// <summary>Turns one line into a record.</summary>
/// <exception cref="LineFaultException">The line breaks a rule.</exception>
internal delegate T LineParser<out T>(ReadOnlySpan<byte> line, long number);

/// <summary>A file read line by line into records: limits, UTF-8, bad lines and shards are handled here, the rest by the parser.</summary>
internal sealed class LineStream<T>(InputFile input, ReadOptions options, BadLines badLines, LineParser<T> parse)
{
    /// <summary>The shard whose lines are kept; null keeps all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Whether lines of white space alone are passed over.</summary>
    public bool SkipBlankLines { get; init; } = true;

    public async IAsyncEnumerable<T> ReadAsync(Utf8LineReader lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Shard is { } shard && !shard.Contains(lines.Number))
                continue;
            if (SkipBlankLines && !lines.IsTooLong && lines.Line.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
                continue;
            if (TryParse(lines, out T? record))
                yield return record;
        }
    }

    private bool TryParse(Utf8LineReader lines, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T record)
    {
        try
        {
            if (lines.IsTooLong)
                throw new LineFaultException($"the line is longer than the limit of {options.MaxLineBytes} bytes (MaxLineBytes); split it, or raise the limit.");
            Utf8Check.Require(lines.Line.Span);
            record = parse(lines.Line.Span, lines.Number);
            return true;
        }
        catch (LineFaultException fault)
        {
            DataFormatException error = new(input.Name, lines.Number + 1, fault.Message, fault);
            if (!options.SkipBadLines)
                throw error;
            badLines.Add(error);
            record = default;
            return false;
        }
    }
}
