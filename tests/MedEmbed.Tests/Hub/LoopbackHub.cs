using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MedEmbed.Hub;

namespace MedEmbed.Tests.Hub;

/// <summary>A hub with one model, or one data set, and, on another port, the content network it redirects large files to. Serves ranges; <see cref="Alter"/> makes
/// faults.</summary>
public sealed class LoopbackHub : IDisposable
{
    public const string Model = "acme/tiny-medical";
    public const string Signature = "X-Amz-Signature=c0ffee";

    private readonly LoopbackServer _hub;
    private readonly LoopbackServer _network;

    public LoopbackHub()
    {
        _hub = new LoopbackServer(request => Alter(request, AnswerAsHub(request)));
        _network = new LoopbackServer(request => Alter(request, AnswerAsNetwork(request)));
    }

    public Uri Endpoint => new($"http://127.0.0.1:{_hub.Port}");

    public string Commit { get; set; } = new('a', 40);

    /// <summary>The id of the model or data set.</summary>
    public string Repository { get; init; } = Model;

    /// <summary>Whether it is a data set.</summary>
    public bool IsDataset { get; init; }

    public Dictionary<string, byte[]> Files { get; init; } = TinyModel();

    /// <summary>What the listing says instead of the truth, by path.</summary>
    public Dictionary<string, object> Listed { get; } = [];

    public Func<ServerRequest, ServerReply, ServerReply> Alter { get; set; } = (_, reply) => reply;

    public ServerRequest[] HubRequests => [.. _hub.Requests];

    public ServerRequest[] NetworkRequests => [.. _network.Requests];

    /// <summary>Requests for a file's bytes, wherever they are served.</summary>
    public ServerRequest[] RequestsFor(string path) =>
        IsLarge(path)
            ? [.. _network.Requests.Where(request => request.Path == "/" + Sha256(Files[path]))]
            : [.. _hub.Requests.Where(request => request.Path.EndsWith($"/resolve/{Commit}/{path}", StringComparison.Ordinal))];

    public HubOptions Options() => new() { Endpoint = Endpoint, RetryDelay = TimeSpan.FromMilliseconds(1), StallTimeout = TimeSpan.FromSeconds(20) };

    public HubClient Client(HubOptions? options = null) => new(options ?? Options());

    public static HubId Id => HubId.Parse(Model);

    public void Dispose()
    {
        _hub.Dispose();
        _network.Dispose();
    }

    public static byte[] RandomBytes(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static bool IsLarge(string path) => Path.GetExtension(path) is ".safetensors" or ".onnx" or ".bin" or ".parquet";

    private static Dictionary<string, byte[]> TinyModel() => new()
    {
        [".gitattributes"] = "*.safetensors filter=lfs"u8.ToArray(),
        ["README.md"] = "# Tiny"u8.ToArray(),
        ["config.json"] = """{"model_type":"bert"}"""u8.ToArray(),
        ["modules.json"] = "[]"u8.ToArray(),
        ["tokenizer.json"] = RandomBytes(3000, 2),
        ["vocab.txt"] = "[PAD]\n"u8.ToArray(),
        ["1_Pooling/config.json"] = "{}"u8.ToArray(),
        ["model.safetensors"] = RandomBytes(300_000),
        ["pytorch_model.bin"] = RandomBytes(400_000, 3),
    };

    private ServerReply AnswerAsHub(ServerRequest request)
    {
        if (request.Path.StartsWith($"/api/{(IsDataset ? "datasets" : "models")}/{Repository}/revision/", StringComparison.Ordinal))
        {
            var siblings = Files.Select(file => Listed.GetValueOrDefault(file.Key) ?? Sibling(file.Key, file.Value));
            return ServerReply.Text(200, JsonSerializer.Serialize(new { id = Repository, sha = Commit, siblings }));
        }

        string root = $"/{(IsDataset ? "datasets/" : "")}{Repository}/";
        string prefix = $"{root}resolve/{Commit}/";
        if (!request.Path.StartsWith(prefix, StringComparison.Ordinal) || !Files.TryGetValue(request.Path[prefix.Length..], out byte[]? content))
            return ServerReply.Text(404).With("X-Error-Code", request.Path.StartsWith(root, StringComparison.Ordinal) ? "EntryNotFound" : "RepoNotFound");
        return IsLarge(request.Path)
            ? ServerReply.Text(302).With("Location", $"http://127.0.0.1:{_network.Port}/{Sha256(content)}?{Signature}")
                .With("X-Linked-ETag", $"\"{Sha256(content)}\"").With("X-Repo-Commit", Commit)
            : Content(request, content).With("ETag", $"\"{GitBlob(content)}\"").With("X-Repo-Commit", Commit);
    }

    private ServerReply AnswerAsNetwork(ServerRequest request) =>
        Files.Values.FirstOrDefault(content => request.Path == "/" + Sha256(content)) is { } content ? Content(request, content) : ServerReply.Text(404);

    private static ServerReply Content(ServerRequest request, byte[] content) =>
        request.From == 0
            ? new ServerReply(200, content)
            : new ServerReply(206, content[(int)request.From..])
                .With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {request.From}-{content.Length - 1}/{content.Length}"));

    private static object Sibling(string path, byte[] content) =>
        IsLarge(path)
            ? new { rfilename = path, size = content.Length, blobId = new string('0', 40), lfs = new { sha256 = Sha256(content), size = content.Length, pointerSize = 134 } }
            : new { rfilename = path, size = content.Length, blobId = GitBlob(content) };

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

#pragma warning disable CA5350 // git names blobs by SHA-1
    private static string GitBlob(byte[] content) =>
        Convert.ToHexStringLower(SHA1.HashData([.. System.Text.Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));
#pragma warning restore CA5350
}
