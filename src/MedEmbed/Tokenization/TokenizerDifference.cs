namespace MedEmbed.Tokenization;

/// <summary>Compares what tokenizers do, whatever the form of their files.</summary>
internal static class TokenizerDifference
{
    /// <summary>The first thing that differs, as a clause; null where both give every text the same ids.</summary>
    public static string? Between(TokenizerDefinition first, TokenizerDefinition second)
    {
        if (first.Normalization != second.Normalization)
            return $"the normaliser is {first.Normalization} in one and {second.Normalization} in the other";
        if (first.Vocabulary with { Ids = second.Vocabulary.Ids } != second.Vocabulary)
            return "continuation prefix, unknown token or longest word differ";
        return OfIds(first.Vocabulary.Ids, second.Vocabulary.Ids) ?? OfAdded(first.AddedTokens, second.AddedTokens) ?? OfTemplate(first.Template, second.Template);
    }

    private static string? OfIds(Dictionary<string, int> first, Dictionary<string, int> second)
    {
        foreach ((string token, int id) in first.OrderBy(entry => entry.Value))
        {
            if (!second.TryGetValue(token, out int other))
                return $"token \"{token}\" (id {id}) is in one alone";
            if (other != id)
                return $"token \"{token}\" has id {id} in one and {other} in the other";
        }

        return second.Count == first.Count ? null : $"token \"{second.OrderBy(entry => entry.Value).First(entry => !first.ContainsKey(entry.Key)).Key}\" is in one alone";
    }

    private static string? OfAdded(IEnumerable<AddedToken> first, IEnumerable<AddedToken> second)
    {
        AddedToken? different = first.Except(second).Concat(second.Except(first)).MinBy(token => token.Id);
        return different is null ? null : $"the added token \"{different.Content}\" (id {different.Id}) differs or is in one alone";
    }

    private static string? OfTemplate(SpecialTokenTemplate first, SpecialTokenTemplate second) =>
        first.Single.SequenceEqual(second.Single) ? null : "different special tokens stand around a text";
}
