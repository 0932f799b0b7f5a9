using System.Buffers;

namespace MedEmbed.Data.Reading;

/// <summary>Splits a stream into lines (LF or CRLF, a byte order mark dropped) over one pooled buffer that grows to the longest line.</summary>
/// <remarks>A line end at the very end begins no further line. Not thread-safe.</remarks>
internal sealed class Utf8LineReader(InputFile input, ReadOptions options) : IDisposable
{
    private const int InitialBytes = 1 << 16;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);
    private int _start;
    private int _end;
    private int _scanned;
    private long _totalBytes;
    private bool _ended;

    /// <summary>The line without its end; valid until the next read. Empty where <see cref="IsTooLong"/>.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Number of the line from 0; -1 before the first read.</summary>
    public long Number { get; private set; } = -1;

    /// <summary>Whether the line is longer than <see cref="ReadOptions.MaxLineBytes"/>; it was passed over.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Moves to the next line; false at the end.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        IsTooLong = false;
        return TryTakeLine() ? new ValueTask<bool>(true) : FillAndTakeAsync(cancellationToken);
    }

    /// <summary>The first byte that is no white space, without moving; null where the buffered beginning (64 kB or more) has none.</summary>
    public async ValueTask<byte?> PeekAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int first = _buffer.AsSpan(_start, _end - _start).IndexOfAnyExcept(" \t\r\n"u8);
            if (first >= 0)
                return _buffer[_start + first];
            if (_end - _start >= InitialBytes || !await FillAsync(cancellationToken).ConfigureAwait(false))
                return null;
        }
    }

    public void Dispose()
    {
        byte[] buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private async ValueTask<bool> FillAndTakeAsync(CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken).ConfigureAwait(false))
        {
            if (TryTakeLine())
                return true;
            // One byte of grace: the CR of a CRLF does not count.
            if (_scanned - 1 > options.MaxLineBytes)
            {
                IsTooLong = true;
                (_start, _scanned) = (_end, 0);
            }
        }

        if (_start == _end && !IsTooLong)
            return false;
        Take(_end - _start, consumed: _end - _start);
        return true;
    }

    private bool TryTakeLine()
    {
        int feed = _buffer.AsSpan(_start + _scanned, _end - _start - _scanned).IndexOf((byte)'\n');
        if (feed < 0)
        {
            _scanned = _end - _start;
            return false;
        }

        Take(_scanned + feed, consumed: _scanned + feed + 1);
        return true;
    }

    private void Take(int length, int consumed)
    {
        if (length > 0 && _buffer[_start + length - 1] == '\r')
            length--;
        IsTooLong |= length > options.MaxLineBytes;
        Line = IsTooLong ? default : _buffer.AsMemory(_start, length);
        _start += consumed;
        _scanned = 0;
        Number++;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_ended)
            return false;
        MakeRoom();
        int read = await ReadSomeAsync(cancellationToken).ConfigureAwait(false);
        bool first = _totalBytes == 0;
        _end += read;
        _totalBytes += read;
        _ended = read == 0;
        if (_totalBytes > options.MaxBytes)
            throw new DataFormatException(input.Name, Number + 2, $"the file is longer than the limit of {options.MaxBytes} bytes (MaxBytes); raise the limit if the file is trusted.");
        if (first && read > 0)
            await DropByteOrderMarkAsync(cancellationToken).ConfigureAwait(false);
        return read > 0;
    }

    private async ValueTask DropByteOrderMarkAsync(CancellationToken cancellationToken)
    {
        while (_end < 3 && "\uFEFF"u8.StartsWith(_buffer.AsSpan(0, _end)))
        {
            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
                return;
        }

        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
            _start = 3;
    }

    private async ValueTask<int> ReadSomeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await input.Content.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (InputFile.IsDamage(failure))
        {
            throw new DataFormatException(input.Name, Number + 2, "the compressed data is damaged or cut off here; fetch the file again.", failure);
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end < _buffer.Length)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
