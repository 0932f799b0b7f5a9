using System.IO.Compression;

namespace MedEmbed.Data.Reading;

/// <summary>Decompresses gzip and tells a file that is cut off, which <see cref="GZipStream"/> alone takes for a shorter one.</summary>
/// <remarks>A gzip file may hold several members, so one more is put behind the file's own: a mark of sixteen bytes. Only where every
/// member before it is whole does the output end with the mark, which is held back. Asynchronous reads only.</remarks>
internal sealed class GzipInput(Stream compressed) : Stream
{
    private static readonly byte[] Mark = Convert.FromHexString("8f1d4c6ba27e39f0d5b3086471ceaa92");
    private static readonly byte[] MarkMember = Compress(Mark);

    private readonly GZipStream _decompressor = new(new Appended(compressed, MarkMember), CompressionMode.Decompress);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_end - _start <= Mark.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            int read = await _decompressor.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _end += read;
            if (read == 0)
                return _buffer.AsSpan(0, _end).SequenceEqual(Mark) ? 0 : throw new EndOfStreamException("The gzip data is cut off, or something else stands behind it.");
        }

        int given = Math.Min(buffer.Length, _end - _start - Mark.Length);
        _buffer.AsMemory(_start, given).CopyTo(buffer);
        _start += given;
        return given;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decompressor.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Compress(byte[] content)
    {
        using MemoryStream member = new();
        using (GZipStream compressor = new(member, CompressionLevel.NoCompression))
            compressor.Write(content);
        return member.ToArray();
    }

    /// <summary>A stream with some bytes behind it.</summary>
    private sealed class Appended(Stream first, byte[] rest) : Stream
    {
        private int _given;
        private bool _firstEnded;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_firstEnded)
            {
                int read = await first.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read > 0)
                    return read;
                _firstEnded = true;
            }

            int given = Math.Min(buffer.Length, rest.Length - _given);
            rest.AsMemory(_given, given).CopyTo(buffer);
            _given += given;
            return given;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
