namespace MedEmbed.Synthesis.Mining;

/// <summary>What a run keeps on disk until its end: passages, indexes, mined lines. A run over other passages empties it first.</summary>
internal sealed class WorkFolder
{
    private const string FingerprintFile = "passages.sha256";

    private WorkFolder(string path) => Path = path;

    public string Path { get; }

    public string Spool => System.IO.Path.Combine(Path, "passages.bin");

    /// <summary>Opens the folder for passages of this fingerprint.</summary>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public static WorkFolder Open(string path, string fingerprint)
    {
        string file = System.IO.Path.Combine(path, FingerprintFile);
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            if (!File.Exists(file))
                throw new IOException($"{path}: holds something else than unfinished mining; name another work folder, or empty it.");
            if (File.ReadAllText(file).Trim() == fingerprint)
                return new WorkFolder(path);

            // The fingerprint goes last, so that a folder half emptied is still known for what it is.
            foreach (string entry in Directory.EnumerateFileSystemEntries(path).Where(entry => entry != file))
                Delete(entry);
        }

        Directory.CreateDirectory(path);
        string partial = file + ".partial";
        File.WriteAllText(partial, fingerprint + "\n");
        File.Move(partial, file, overwrite: true);
        return new WorkFolder(path);
    }

    /// <summary>The file of the lines mined with these settings.</summary>
    public string Mined(string settings) => System.IO.Path.Combine(Path, $"mined-{settings[..16]}.jsonl");

    /// <summary>Removes the folder.</summary>
    public void Delete() => Directory.Delete(Path, recursive: true);

    private static void Delete(string entry)
    {
        if (Directory.Exists(entry))
            Directory.Delete(entry, recursive: true);
        else
            File.Delete(entry);
    }
}
