namespace MedEmbed.Hub;

/// <summary>Builds a hub's addresses and says which may be asked, and which may see the token.</summary>
internal static class HubAddress
{
    /// <summary>The address that lists a repository's files, with sizes and checksums.</summary>
    public static Uri Listing(Uri endpoint, HubId id, HubRepositoryKind kind) =>
        new($"{Base(endpoint)}/api/{(kind == HubRepositoryKind.Dataset ? "datasets" : "models")}/{id.Repository}/revision/{Uri.EscapeDataString(id.Revision)}?blobs=true");

    /// <summary>The address of a file's content at a commit.</summary>
    public static Uri Content(Uri endpoint, HubRepository repository, HubFile file) =>
        new($"{Base(endpoint)}/{(repository.Kind == HubRepositoryKind.Dataset ? "datasets/" : "")}{repository.Id.Repository}/resolve/{repository.Commit}/"
            + string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString)));

    /// <summary>HTTPS always; plain HTTP only between loopback hosts, so that no redirect leads from a real hub to something on this machine.</summary>
    public static bool IsAllowed(Uri address, Uri endpoint) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && endpoint.IsLoopback);

    /// <summary>Whether an address is the endpoint's own scheme, host and port.</summary>
    public static bool IsSameOrigin(Uri address, Uri endpoint) =>
        Uri.Compare(address, endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>An address fit for a message: without user information, and without the query, in which content networks carry signatures.</summary>
    public static string Display(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static string Base(Uri endpoint) => endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
}
