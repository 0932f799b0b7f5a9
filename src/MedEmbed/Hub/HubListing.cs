using System.Text.Json;

namespace MedEmbed.Hub;

/// <summary>Reads a hub's answer about a repository: <c>sha</c> and <c>siblings</c> with <c>rfilename</c>, <c>size</c>, <c>blobId</c> (git blob SHA-1) and
/// <c>lfs.sha256</c>.</summary>
internal static class HubListing
{
    public static HubRepository Parse(HubId id, ReadOnlyMemory<byte> json, HubRepositoryKind kind = HubRepositoryKind.Model)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            string? commit = Text(root, "sha");
            if (!HubChecksum.IsHex(commit, 40))
                throw Refused(id, $"its \"sha\" is not a commit of 40 hexadecimal digits: {commit ?? "missing"}");
            if (id.IsPinned && !string.Equals(commit, id.Revision, StringComparison.OrdinalIgnoreCase))
                throw Refused(id, $"it is about commit {commit}, not the one asked for");
            if (!root.TryGetProperty("siblings", out var siblings) || siblings.ValueKind != JsonValueKind.Array)
                throw Refused(id, "it has no list \"siblings\"");

            var seen = new HashSet<string>(StringComparer.Ordinal);
            var files = new List<HubFile>(siblings.GetArrayLength());
            foreach (var sibling in siblings.EnumerateArray())
            {
                var file = ParseFile(id, sibling);
                if (!seen.Add(file.Path))
                    throw Refused(id, $"it lists {file.Path} twice");
                files.Add(file);
            }

            return new HubRepository(id, commit!.ToLowerInvariant(), files, kind);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new HubException(HubFailure.Refused,
                $"{id}: the hub's listing is not the JSON it should be ({e.Message}). Check the endpoint's address, or a proxy in between.", e);
        }
    }

    private static HubFile ParseFile(HubId id, JsonElement sibling)
    {
        string path = Text(sibling, "rfilename") ?? throw Refused(id, "a file in it has no \"rfilename\"");
        if (HubPath.Fault(path) is { } fault)
            throw Refused(id, $"the path {JsonSerializer.Serialize(path)} is not safe: {fault}");
        bool isLarge = sibling.TryGetProperty("lfs", out var large) && large.ValueKind == JsonValueKind.Object;
        var checksum = HubChecksum.TryParse(isLarge ? Text(large, "sha256") : Text(sibling, "blobId"));
        long? size = (isLarge ? Number(large, "size") : null) ?? Number(sibling, "size");
        if (checksum is null || checksum.IsSha256 != isLarge || size is not >= 0)
            throw Refused(id, $"it gives no size or no checksum for {path}, and files are not taken unchecked");
        return new HubFile(path, size.Value, checksum);
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;

    private static HubException Refused(HubId id, string problem) =>
        new(HubFailure.Refused, $"{id}: the hub's listing is refused: {problem}.");
}
