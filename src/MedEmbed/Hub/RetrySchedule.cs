using System.Globalization;

namespace MedEmbed.Hub;

/// <summary>Counts the failures in a row of one request and waits between attempts, twice as long each time.</summary>
internal sealed class RetrySchedule(HubOptions options, TimeProvider time, string what)
{
    private int _failures;

    /// <summary>An attempt got further: the count starts anew.</summary>
    public void Progressed() => _failures = 0;

    /// <summary>Waits before the next attempt.</summary>
    /// <exception cref="HubException">The attempts are used up, or the server asks for a longer wait than allowed.</exception>
    public async Task WaitAsync(TransientFault fault, CancellationToken cancellationToken)
    {
        if (++_failures > options.Retries)
            throw Failure(fault, string.Create(CultureInfo.InvariantCulture, $"given up after {_failures} attempts without progress"));
        if (fault.RetryAfter > options.MaximumDelay)
            throw Failure(fault, string.Create(CultureInfo.InvariantCulture, $"the server asks to wait {fault.RetryAfter.Value.TotalSeconds:0} s"));

        var delay = options.RetryDelay * Math.Pow(2, Math.Min(_failures - 1, 30));
        if (delay > options.MaximumDelay)
            delay = options.MaximumDelay;
        if (fault.RetryAfter > delay)
            delay = fault.RetryAfter.Value;
        await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
    }

    private HubException Failure(TransientFault fault, string reason) =>
        new(HubFailure.Unreachable, $"{what}: {fault.Message} ({reason}). What was downloaded is kept: repeat the command to continue.", fault);
}
