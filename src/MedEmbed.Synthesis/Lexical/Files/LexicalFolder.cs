namespace MedEmbed.Synthesis.Lexical.Files;

/// <summary>A folder of terminology files, recognised by their first line; each is optional, and one at least must be there.</summary>
internal static class LexicalFolder
{
    // The order decides which of two equal pairs stays: an ontology says more about a term than a list of names.
    private static readonly ILexicalForm[] Forms = [new OntologyForm(), new FocusForm(), new MeshNameForm(), new AbbreviationForm()];

    private static readonly string[] Extensions = [".jsonl", ".ndjson", ".tsv", ".txt"];

    /// <summary>The files of the folder: by form, then in the ordinal order of their names.</summary>
    /// <exception cref="SynthesisFormatException">There is none.</exception>
    /// <exception cref="IOException">The folder is missing or cannot be read.</exception>
    public static async Task<IReadOnlyList<LexicalFile>> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        List<(int Form, string Path)> found = [];
        foreach (string path in Directory.EnumerateFiles(folder).Where(HasKnownExtension).Order(StringComparer.Ordinal))
        {
            if (await LexicalFile.FirstLineAsync(path, cancellationToken).ConfigureAwait(false) is { } first && Array.FindIndex(Forms, form => form.Matches(first)) is >= 0 and var form)
                found.Add((form, path));
        }

        return found.Count > 0
            ? [.. found.OrderBy(static file => file.Form).Select(static file => new LexicalFile(file.Path, Forms[file.Form]))]
            : throw new SynthesisFormatException(folder, $"holds no terminology; files ({string.Join(", ", Extensions)}; .gz and .zst too) are {string.Join("; ", Forms.Select(static form => form.Description))}. Name the folder that holds one of them.");
    }

    private static bool HasKnownExtension(string path)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension is ".gz" or ".zst")
            extension = Path.GetExtension(Path.GetFileNameWithoutExtension(path)).ToLowerInvariant();
        return Extensions.Contains(extension);
    }
}
