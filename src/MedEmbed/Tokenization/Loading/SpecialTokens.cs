using MedEmbed.Tokenization.Unicode;

namespace MedEmbed.Tokenization.Loading;

/// <summary>Checks that the special tokens a definition relies on are tokens of it, and that every added token can be found in a text.</summary>
internal static class SpecialTokens
{
    /// <summary>Returns <paramref name="definition"/> if it is whole.</summary>
    /// <param name="file">The file to name in a fault: the one that holds the vocabulary.</param>
    /// <param name="definition">What the files say.</param>
    public static TokenizerDefinition Check(string file, TokenizerDefinition definition)
    {
        HashSet<string> tokens = [.. definition.Vocabulary.Ids.Keys, .. definition.AddedTokens.Select(token => token.Content)];
        (string Role, string Token)[] needed =
            [("classification", definition.Names.Cls), ("separator", definition.Names.Sep), ("padding", definition.Names.Pad)];
        foreach ((string role, string token) in needed)
        {
            if (!tokens.Contains(token))
                throw new ModelFormatException(file, $"the vocabulary lacks the {role} token \"{token}\". Name the right one in tokenizer_config.json, or fetch the file again.");
        }

        HashSet<int> ids = [.. definition.Vocabulary.Ids.Values, .. definition.AddedTokens.Select(token => token.Id)];
        foreach (TemplatePart part in definition.Template.Single.Concat(definition.Template.Pair))
        {
            if (!part.IsText && !ids.Contains(part.Value))
                throw new ModelFormatException(file, $"field \"post_processor\" puts id {part.Value} around texts, but no token has it. Fetch the file again.");
        }

        foreach (AddedToken token in definition.AddedTokens.Where(token => token.Normalized))
            CheckNormalized(file, token, definition.Normalization);
        return definition;
    }

    // White space at a content's edge would depend on whether a neighbour takes the white space beside it.
    private static void CheckNormalized(string file, AddedToken token, BertNormalization normalization)
    {
        if (CodePointNormalizer.Normalize(token.Content, normalization, UnicodeTable.Default).Length == 0)
            throw new ModelFormatException(file, $"added token {token.Id}, \"{token.Content}\", is sought in normalised text, but once it is normalised nothing is left. Remove it.");
        if (IsWhiteSpace(token.Content[0]) || IsWhiteSpace(token.Content[^1]))
            throw new ModelFormatException(file, $"added token {token.Id}, \"{token.Content}\", has white space at an edge, which is supported only with \"normalized\": false. Trim it.");
    }

    private static bool IsWhiteSpace(char character) => (UnicodeTable.Default.TraitsOf(character) & CodePointTraits.WhiteSpace) != 0;
}
