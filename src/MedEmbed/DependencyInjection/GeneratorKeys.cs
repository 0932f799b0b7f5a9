namespace MedEmbed.DependencyInjection;

/// <summary>Keys under which a container holds the generators of a model.</summary>
/// <remarks>For constructor parameters: <c>[FromKeyedServices(GeneratorKeys.Query)] IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt;
/// queries</c>.</remarks>
public static class GeneratorKeys
{
    /// <summary>The generator for search queries.</summary>
    public const string Query = "query";

    /// <summary>The generator for documents.</summary>
    public const string Document = "document";
}
