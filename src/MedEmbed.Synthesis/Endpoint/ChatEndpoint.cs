using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace MedEmbed.Synthesis.Endpoint;

/// <summary>Makes the client of an OpenAI-compatible endpoint: vLLM, Ollama, llama.cpp, LM Studio, OpenAI, Azure.</summary>
public static class ChatEndpoint
{
    /// <summary>A client that asks once and lets failures through; <see cref="PatientChatClient"/> waits and asks again.</summary>
    /// <param name="options">The address, the key and limits.</param>
    /// <param name="model">The model's name as the endpoint knows it.</param>
    /// <exception cref="ArgumentException">The endpoint is another machine, and that was not allowed.</exception>
    public static IChatClient Create(EndpointOptions options, string model)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(model);
        EndpointGuard.Require(options);
        HttpClient http = EndpointTransport.Create(options);
        var client = new OpenAIClient(new ApiKeyCredential(options.ApiKey ?? "none"), new OpenAIClientOptions
        {
            Endpoint = new UriBuilder(options.Address) { Query = "" }.Uri,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            UserAgentApplicationId = "medembed",
        });
        return new CompatibleChatClient(client.GetChatClient(model).AsIChatClient(), http, EndpointGuard.IsHosted(options.Address));
    }
}
