using Microsoft.Win32.SafeHandles;

namespace MedEmbed.Cli.CommandLine;

/// <summary>Standard output where it is a pipe: a write after the reader has gone is an <see cref="OutputClosedException"/>.</summary>
/// <remarks>The console's own stream ignores that and would go on encoding for nobody.</remarks>
internal sealed class PipedOutput(Stream pipe) : Stream
{
    private const int StandardOutput = 1;
    private const int BrokenPipe = 32;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Standard output as it is: a pipe by this class, all else by the console's stream.</summary>
    public static Stream OpenStandardOutput()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            return Console.OpenStandardOutput();
        var file = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // A file is written where its descriptor stands, which a FileStream would not move on for whoever appends next.
        return file.CanSeek ? Console.OpenStandardOutput() : new PipedOutput(file);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            pipe.Write(buffer);
        }
        catch (IOException closed) when (closed.HResult == BrokenPipe)
        {
            throw new OutputClosedException(closed);
        }
    }

    public override void Flush() => pipe.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
