using System.Buffers;
using System.Globalization;
using System.Net;

namespace MedEmbed.Hub;

/// <summary>The resumable, checked download of one file.</summary>
internal sealed class FileTransfer(
    HubTransport transport, HubOptions options, TimeProvider time, HubRepository repository, HubFile file, IProgress<HubProgress>? progress)
{
    private const int BufferSize = 128 << 10;

    // An attempt that brings this much counts as progress, so a bad line gets through a large file, and one byte an attempt does not.
    private const long ProgressBytes = 64 << 10;
    private const long ReportEvery = 256 << 10;

    private readonly string _what = $"{repository.Id.Repository}/{file.Path}";
    private readonly Uri _address = HubAddress.Content(options.Endpoint, repository, file);

    public async Task RunAsync(string destination, CancellationToken cancellationToken)
    {
        if (file.Size > options.MaximumFileSize)
        {
            throw new HubException(HubFailure.Refused,
                string.Create(CultureInfo.InvariantCulture, $"{_what}: its {file.Size} bytes are more than the {options.MaximumFileSize} allowed."));
        }

        string partial = destination + ".partial";
        var retries = new RetrySchedule(options, time, _what);
        for (bool discarded = false; ; discarded = true)
        {
            string? fault = await FetchAsync(partial, retries, cancellationToken).ConfigureAwait(false);
            if (fault is null && await file.Checksum.MatchesAsync(partial, cancellationToken).ConfigureAwait(false))
            {
                File.Move(partial, destination, overwrite: true);
                return;
            }

            File.Delete(partial);
            fault ??= $"the content does not have the listed {file.Checksum}";
            if (discarded)
            {
                throw new HubException(HubFailure.ChecksumMismatch,
                    $"{_what}: {fault}, twice. The file was discarded; the hub, a proxy or the line changes what it sends. Try again later or from elsewhere.");
            }
        }
    }

    /// <summary>Brings the partial file to its full length over as many attempts as are allowed.</summary>
    /// <returns>Null, or what shows that the hub sends another file than it lists.</returns>
    private async Task<string?> FetchAsync(string partial, RetrySchedule retries, CancellationToken cancellationToken)
    {
        using var output = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        if (output.Length > file.Size)
            output.SetLength(0);
        while (true)
        {
            long before = output.Length;
            progress?.Report(new HubProgress(file.Path, before, file.Size));
            try
            {
                string? fault = before == file.Size ? null : await ContinueAsync(output, cancellationToken).ConfigureAwait(false);
                output.Flush(flushToDisk: true);
                return fault;
            }
            catch (TransientFault fault)
            {
                if (output.Length - before >= ProgressBytes)
                    retries.Progressed();
                await retries.WaitAsync(fault, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<string?> ContinueAsync(FileStream output, CancellationToken cancellationToken)
    {
        using var response = await transport.GetAsync(_address, _what, output.Length, cancellationToken).ConfigureAwait(false);
        if (response.Commit is { } commit && !string.Equals(commit, repository.Commit, StringComparison.OrdinalIgnoreCase))
            return $"the hub serves it from commit {commit}, not from {repository.Commit}";
        if (file.Checksum.IsSha256 && HubChecksum.TryParse(response.LinkedETag) is { IsSha256: true } offered && offered != file.Checksum)
            return $"the hub offers content with {offered}, not the listed {file.Checksum}";

        var range = response.Content.Headers.ContentRange;
        bool continues = response.Status == HttpStatusCode.PartialContent && range?.From == output.Length && (range.Length ?? file.Size) == file.Size;
        if (!continues)
        {
            // The whole file (ranges ignored), or a range that does not fit: what is on disk cannot be continued.
            output.SetLength(0);
            if (response.Status != HttpStatusCode.OK)
                throw new TransientFault("the server's range does not fit the file");
        }

        output.Position = output.Length;
        if (response.Content.Headers.ContentLength is { } length && output.Length + length != file.Size)
            return string.Create(CultureInfo.InvariantCulture, $"the server offers {output.Length + length} bytes, not the listed {file.Size}");
        return await CopyAsync(response.Content, output, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> CopyAsync(HttpContent content, FileStream output, CancellationToken cancellationToken)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var body = await ReadAsync(() => new ValueTask<Stream>(content.ReadAsStreamAsync(stall.Token))).ConfigureAwait(false);
            long reported = output.Length;
            while (true)
            {
                int read = await ReadAsync(() => body.ReadAsync(buffer, stall.Token)).ConfigureAwait(false);
                if (read == 0)
                    break;
                if (output.Length + read > file.Size)
                    return string.Create(CultureInfo.InvariantCulture, $"the server sends more than the listed {file.Size} bytes");
                await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                if (output.Length - reported >= ReportEvery || output.Length == file.Size)
                    progress?.Report(new HubProgress(file.Path, reported = output.Length, file.Size));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return output.Length == file.Size
            ? null
            : throw new TransientFault(string.Create(CultureInfo.InvariantCulture, $"the body ended at {output.Length} of {file.Size} bytes"));

        // Only reading from the network may be repeated: an error of the disk must not look like one.
        async ValueTask<T> ReadAsync<T>(Func<ValueTask<T>> read)
        {
            stall.CancelAfter(options.StallTimeout);
            try
            {
                return await read().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TransientFault(string.Create(CultureInfo.InvariantCulture, $"no byte within {options.StallTimeout.TotalSeconds:0.#} s"));
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                throw new TransientFault("the connection dropped", innerException: e);
            }
        }
    }
}
