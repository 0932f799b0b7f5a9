namespace MedEmbed.Synthesis.Endpoint;

/// <summary>Adds to requests what single endpoints ask for: the address' own query, and Azure's header of the key.</summary>
internal sealed class EndpointRequestHandler(EndpointOptions options, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string AzureHost = ".azure.com";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (options.Address.Query.Length > 1 && request.RequestUri is { } target)
            request.RequestUri = new UriBuilder(target) { Query = options.Address.Query }.Uri;
        if (options.ApiKey is { } key && options.Address.Host.EndsWith(AzureHost, StringComparison.OrdinalIgnoreCase))
            request.Headers.TryAddWithoutValidation("api-key", key);
        else if (options.ApiKey is null)
            request.Headers.Authorization = null;
        return base.SendAsync(request, cancellationToken);
    }
}
