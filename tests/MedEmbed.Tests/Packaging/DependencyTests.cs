using System.Text.Json;

namespace MedEmbed.Tests.Packaging;

public sealed class DependencyTests
{
    private static readonly string[] Foreign = ["torch", "Lucene", "Npgsql", "Pgvector", "Parquet"];

    [Fact]
    public void MedEmbedRestoresNeitherTorchNorLuceneNorNpgsqlNorParquet()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.PathOf("src/MedEmbed/packages.lock.json")));
        string[] packages = [.. file.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject()).Select(package => package.Name)];
        Assert.Contains("Microsoft.ML.OnnxRuntime", packages);
        Assert.DoesNotContain(packages, package => Foreign.Any(name => package.Contains(name, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void MedEmbedTakesTheGeneratorsAbstractionsAlone()
    {
        IEnumerable<string?> references = typeof(CacheFolder).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name);
        Assert.Contains("Microsoft.Extensions.AI.Abstractions", references);
        Assert.DoesNotContain("Microsoft.Extensions.AI", references);
    }
}
