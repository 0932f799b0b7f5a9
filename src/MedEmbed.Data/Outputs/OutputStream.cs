namespace MedEmbed.Data.Outputs;

/// <summary>A buffer before an output; disposing drops what was not flushed, so that an error on the way is not followed by another from the disposal.</summary>
internal sealed class OutputStream(Stream inner) : Stream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _buffered;

    public override bool CanRead => false;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => true;

    public override long Length => inner.Length + _buffered;

    public override long Position
    {
        get => inner.Position + _buffered;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > _buffer.Length - _buffered)
            Flush();
        if (buffer.Length >= _buffer.Length)
        {
            inner.Write(buffer);
            return;
        }

        buffer.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += buffer.Length;
    }

    public override void Flush()
    {
        inner.Write(_buffer, 0, _buffered);
        _buffered = 0;
        inner.Flush();
    }

    /// <summary>What is written to.</summary>
    public Stream Inner => inner;

    /// <summary>Flushes down to the disk where the output is a file.</summary>
    public void FlushToDisk()
    {
        Flush();
        if (inner is FileStream { CanSeek: true } file && !IsDevice(file))
            file.Flush(flushToDisk: true);
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        Flush();
        return inner.Seek(offset, origin);
    }

    public override void SetLength(long value)
    {
        Flush();
        inner.SetLength(value);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _buffered = 0;
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    // fsync of a character device is an error on some systems.
    private static bool IsDevice(FileStream file) => file.Name.StartsWith("/dev/", StringComparison.Ordinal) || file.Name.StartsWith("/proc/", StringComparison.Ordinal);
}
