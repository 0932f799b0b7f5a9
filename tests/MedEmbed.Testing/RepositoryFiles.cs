namespace MedEmbed.Testing;

/// <summary>Files of this repository, found from the test's own folder upwards.</summary>
public static class RepositoryFiles
{
    /// <summary>The folder that holds <c>MedEmbed.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a file or folder of the repository.</summary>
    public static string PathOf(string relativePath) => Path.Combine(Root, relativePath);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MedEmbed.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"MedEmbed.slnx is in no folder above {AppContext.BaseDirectory}.");
    }
}
