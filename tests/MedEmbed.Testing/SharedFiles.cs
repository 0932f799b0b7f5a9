using Xunit;

namespace MedEmbed.Testing;

/// <summary>The one way to base weights, data sets and golden values, which live outside the repository.</summary>
/// <remarks>The folder is <c>MEDEMBED_SHARED</c>, by default <c>../shared</c> from the repository's root. Where it is missing a test is skipped, but fails where <c>CI=true</c>.</remarks>
public static class SharedFiles
{
    /// <summary>The folder that holds <c>models/</c>, <c>data/</c> and <c>golden/</c>, whether it exists or not.</summary>
    public static string Root { get; } =
        Environment.GetEnvironmentVariable("MEDEMBED_SHARED") is { Length: > 0 } set
            ? Path.GetFullPath(set)
            : Path.GetFullPath(Path.Combine(RepositoryFiles.Root, "..", "shared"));

    /// <summary>Whether <paramref name="relativePath"/> exists below <see cref="Root"/>. For member data, which must not throw.</summary>
    public static bool Has(string relativePath) =>
        Path.Exists(Path.Combine(Root, relativePath));

    /// <summary>The full path of a shared file or folder; skips the running test where it is missing, or fails it where <c>CI=true</c>.</summary>
    public static string Require(string relativePath)
    {
        string path = Path.Combine(Root, relativePath);
        if (Path.Exists(path))
            return path;
        string reason = $"{path} is missing; set MEDEMBED_SHARED to the folder that holds models/, data/ and golden/.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.Skip(reason);
        return path;
    }
}
