namespace MedEmbed.Data.Judgments;

/// <summary>Ids in files whose columns are parted by white space.</summary>
internal static class TrecId
{
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty or holds white space.</exception>
    public static void Require(string id)
    {
        if (id.Length == 0 || id.AsSpan().IndexOfAny(" \t\r\n") >= 0)
            throw new ArgumentException($"the id \"{id}\" is empty or holds white space, which TREC files cannot carry; rename it.", nameof(id));
    }
}
