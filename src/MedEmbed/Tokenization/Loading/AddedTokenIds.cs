namespace MedEmbed.Tokenization.Loading;

/// <summary>Gives added tokens their ids: a piece of the vocabulary keeps its own, others bring one.</summary>
internal static class AddedTokenIds
{
    public static IReadOnlyList<AddedToken> Resolve(Vocabulary vocabulary, IReadOnlyList<(JsonField Field, AddedToken Token)> tokens)
    {
        Dictionary<int, string> owners = vocabulary.Ids.ToDictionary(piece => piece.Value, piece => piece.Key);
        List<AddedToken> resolved = [];
        foreach ((JsonField field, AddedToken token) in tokens)
        {
            if (token.Id < 0)
                throw field.Fault("has no \"id\". Fetch the file again.");
            if (vocabulary.Ids.TryGetValue(token.Content, out int known) && known != token.Id)
                throw field.Fault($"gives \"{token.Content}\" the id {token.Id}, the vocabulary {known}; both must agree. Fetch the file again.");
            if (!owners.TryAdd(token.Id, token.Content) && owners[token.Id] != token.Content)
                throw field.Fault($"gives \"{token.Content}\" the id {token.Id}, which \"{owners[token.Id]}\" has. Fetch the file again.");
            resolved.Add(token);
        }

        if (resolved.GroupBy(token => token.Content).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw tokens[0].Field.Fault($"and another both add \"{twice.Key}\"; a token is added once. Remove one.");
        return resolved;
    }
}
