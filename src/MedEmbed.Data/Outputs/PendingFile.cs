namespace MedEmbed.Data.Outputs;

/// <summary>A file that takes its name when it is complete, and is gone otherwise.</summary>
internal sealed class PendingFile : IDisposable
{
    private readonly OutputTarget _target;
    private bool _completed;

    private PendingFile(OutputTarget target, OutputStream stream) => (_target, Stream) = (target, stream);

    public OutputStream Stream { get; }

    public static PendingFile Create(string path, bool overwrite, Stream? standardOutput = null)
    {
        OutputTarget target = OutputTarget.Resolve(path, overwrite, standardOutput);
        Stream stream = target.Direct ?? new FileStream(target.PartialPath, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        return new PendingFile(target, new OutputStream(stream));
    }

    public void Complete()
    {
        Stream.FlushToDisk();
        if (_target.Direct is null)
        {
            Stream.Dispose();
            File.Move(_target.PartialPath, _target.Path, overwrite: true);
        }

        _completed = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_completed && _target.Direct is null)
            File.Delete(_target.PartialPath);
    }
}
