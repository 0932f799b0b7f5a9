using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace MedEmbed.Hub;

/// <summary>One attempt at a GET: follows redirects itself, so that each target is checked and the token goes to the endpoint's own origin alone.</summary>
internal sealed class HubTransport(HttpClient http, HubOptions options, TimeProvider time)
{
    private const int MaximumRedirects = 8;

    /// <summary>Gets 200, 206 or 416 from <paramref name="address"/>, headers read and body not yet.</summary>
    /// <param name="address">Where to start.</param>
    /// <param name="what">The repository or file, for messages.</param>
    /// <param name="from">The first byte wanted; 0 asks for the whole.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="TransientFault">Another attempt may succeed.</exception>
    /// <exception cref="HubException">No other attempt would.</exception>
    public async Task<HubResponse> GetAsync(Uri address, string what, long from, CancellationToken cancellationToken)
    {
        if (options.Offline)
            throw new HubException(HubFailure.Offline, $"{what}: the network is forbidden by {HubOptions.OfflineVariable}=1. Unset it to download.");
        string? commit = null, linkedETag = null;
        for (int hop = 0; hop <= MaximumRedirects; hop++)
        {
            if (!HubAddress.IsAllowed(address, options.Endpoint))
            {
                throw new HubException(HubFailure.Refused,
                    $"{what}: the hub redirects to {HubAddress.Display(address)}, which is not HTTPS. Nothing was fetched from there.");
            }

            var response = await SendAsync(address, what, from, cancellationToken).ConfigureAwait(false);
            bool ownOrigin = HubAddress.IsSameOrigin(address, options.Endpoint);
            if (ownOrigin)
            {
                commit ??= Header(response, "X-Repo-Commit");
                linkedETag ??= Header(response, "X-Linked-ETag")?.Replace("W/", "", StringComparison.Ordinal).Trim('"');
            }

            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
                return new HubResponse(response, commit, linkedETag);
            using (response)
            {
                if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
                    throw HubFault.From(response, what, ownOrigin, options, time);
                address = new Uri(address, location);
            }
        }

        throw new HubException(HubFailure.Refused, $"{what}: more than {MaximumRedirects} redirects.");
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, string what, long from, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);

        // Compressed bodies have neither the listed length nor usable ranges.
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("medembed", typeof(HubTransport).Assembly.GetName().Version?.ToString(3)));
        if (from > 0)
            request.Headers.Range = new RangeHeaderValue(from, null);
        if (options.Token is { } token && HubAddress.IsSameOrigin(address, options.Endpoint))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.ResponseTimeout);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientFault(
                string.Create(CultureInfo.InvariantCulture, $"no answer from {address.Host} within {options.ResponseTimeout.TotalSeconds:0.#} s"));
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            throw new HubException(HubFailure.Unreachable, $"{what}: no secure connection to {address.Host}: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (HttpRequestException e)
        {
            throw new TransientFault(e.Message, innerException: e);
        }
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
