namespace MedEmbed.Encoding;

/// <summary>Lets calls share a resource, and closes it once it is disposed and the last call has ended. Thread-safe.</summary>
internal sealed class SharedUse(IDisposable resource)
{
    private readonly Lock _lock = new();
    private int _calls;
    private bool _closed;

    /// <summary>Begins a call of <paramref name="owner"/>.</summary>
    /// <exception cref="ObjectDisposedException">The resource is closed, or closes with the calls under way.</exception>
    public void Enter(object owner)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, owner);
            _calls++;
        }
    }

    public void Exit()
    {
        bool last;
        lock (_lock)
            last = --_calls == 0 && _closed;
        if (last)
            resource.Dispose();
    }

    public void Close()
    {
        bool idle;
        lock (_lock)
        {
            idle = _calls == 0 && !_closed;
            _closed = true;
        }

        if (idle)
            resource.Dispose();
    }
}
