using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;

namespace MedEmbed.Synthesis.Endpoint;

/// <summary>Tells from an exception what failed.</summary>
internal static class EndpointFaults
{
    // Error messages may quote the request, so that of an endpoint's only the short code and type are told, unless text may be logged.
    private const int LongestCode = 60;

    private static readonly string[] FormatWords = ["response_format", "json_schema", "json_object", "grammar", "structured output", "guided"];

    /// <summary>The failure; null for exceptions that are no endpoint's.</summary>
    public static EndpointException? Of(Exception error, Uri address, bool tellMessages, TimeProvider time) => error switch
    {
        EndpointException known => known,
        _ when Find<AuthenticationException>(error) is { } certificate =>
            new(EndpointFailure.Certificate, $"{address.Authority}: the certificate is not trusted ({certificate.Message}). Install its authority on this machine, or correct the address; nothing was sent.", error),
        _ when Find<SocketException>(error) is { SocketErrorCode: SocketError.ConnectionRefused } =>
            new(EndpointFailure.Connection, $"{address.Authority}: nothing listens there. Start the LLM's server, or correct --endpoint.", error),
        ClientResultException { Status: > 0 } answered => OfStatus(answered, address, tellMessages, time),
        ClientResultException or HttpRequestException or IOException or SocketException =>
            new(EndpointFailure.Connection, $"{address.Authority}: the connection failed or broke ({error.GetType().Name}).", error),
        JsonException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException or NotSupportedException =>
            new(EndpointFailure.Malformed, $"{address.Authority}: the answer is no chat completion ({error.GetType().Name}). Is --endpoint the base of an OpenAI-compatible API, such as http://localhost:8000/v1?", error),
        _ => null,
    };

    private static EndpointException OfStatus(ClientResultException error, Uri address, bool tellMessages, TimeProvider time)
    {
        PipelineResponse? response = error.GetRawResponse();
        string code = CodeOf(response, tellMessages);
        EndpointFailure failure = error.Status switch
        {
            429 when code.Contains("insufficient_quota", StringComparison.Ordinal) => EndpointFailure.NotAllowed,
            429 => EndpointFailure.RateLimited,
            408 or 504 => EndpointFailure.TimedOut,
            409 or 425 or >= 500 => EndpointFailure.ServerError,
            400 or 413 or 422 => EndpointFailure.RequestRefused,
            >= 400 => EndpointFailure.NotAllowed,
            _ => EndpointFailure.Malformed,
        };
        string remedy = error.Status switch
        {
            401 or 403 => " Set the key's variable (--api-key-variable, by default OPENAI_API_KEY).",
            404 => " Correct --endpoint (its path usually ends with /v1) or --llm.",
            >= 300 and < 400 => " It redirects; give the address it leads to, if you trust it.",
            _ => "",
        };
        string text = string.Create(CultureInfo.InvariantCulture, $"{address.Authority}: answered {error.Status}{(code.Length > 0 ? $" ({code})" : "")}.{remedy}");
        return new EndpointException(failure, text, error) { RetryAfter = response is null ? null : RetryAfterOf(response, time) };
    }

    private static TimeSpan? RetryAfterOf(PipelineResponse response, TimeProvider time)
    {
        if (response.Headers.TryGetValue("retry-after-ms", out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds) && milliseconds is >= 0 and < 1e9)
            return TimeSpan.FromMilliseconds(milliseconds);
        if (!response.Headers.TryGetValue("Retry-After", out text))
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e6)
            return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset until))
            return null;
        TimeSpan wait = until - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private static string CodeOf(PipelineResponse? response, bool tellMessages)
    {
        if (ErrorOf(response) is not { } error)
            return "";
        return string.Join(", ", new[] { Short(error, "code"), Short(error, "type"), tellMessages ? Text(error, "message") : null }.OfType<string>());
    }

    /// <summary>Whether the endpoint refused the form of the answer that was asked for.</summary>
    public static bool RefusesResponseFormat(EndpointException error)
    {
        if (error is not { Failure: EndpointFailure.RequestRefused, InnerException: ClientResultException answered })
            return false;
        string body = BodyOf(answered.GetRawResponse());
        return Array.Exists(FormatWords, word => body.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static JsonElement? ErrorOf(PipelineResponse? response)
    {
        try
        {
            using var document = JsonDocument.Parse(BodyOf(response));
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? (root.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object ? error : root).Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string BodyOf(PipelineResponse? response)
    {
        try
        {
            return response?.Content.ToString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // A body that was not buffered before the connection broke.
            return "";
        }
    }

    private static string? Short(JsonElement error, string field) => Text(error, field) is { Length: <= LongestCode } text && !text.Contains(' ', StringComparison.Ordinal) ? text : null;

    private static string? Text(JsonElement error, string field) => error.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static T? Find<T>(Exception error)
        where T : Exception
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            if (e is T found)
                return found;
        }

        return null;
    }
}
