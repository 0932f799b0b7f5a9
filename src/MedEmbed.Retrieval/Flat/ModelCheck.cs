namespace MedEmbed.Retrieval.Flat;

internal static class ModelCheck
{
    /// <exception cref="IndexFormatException">The models differ in content, dimensions or similarity.</exception>
    public static void Ensure(string folder, IndexModel stored, IndexModel given)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (stored.Hash != given.Hash)
            throw Other(folder, stored, $"its vectors are of the model \"{stored.Name}\" (hash {stored.Hash}), not of \"{given.Name}\" (hash {given.Hash})");
        if (stored.Dimensions != given.Dimensions)
            throw Other(folder, stored, $"its vectors have {stored.Dimensions} dimensions, those given {given.Dimensions}");
        if (stored.Similarity != given.Similarity)
            throw Other(folder, stored, $"it compares by {stored.Similarity}, the model given by {given.Similarity}");
    }

    private static IndexFormatException Other(string folder, IndexModel stored, string problem) =>
        new(folder, $"{problem}. Vectors of different models cannot be compared: use \"{stored.Name}\", or build the index again with the other model.");
}
