namespace MedEmbed.Hub;

/// <summary>A complete model in the cache.</summary>
/// <param name="Id">The model at its commit.</param>
/// <param name="Folder">Full path of the model folder.</param>
/// <param name="Revisions">Names that stand for this commit here, such as <c>main</c>; empty where only the commit was asked for.</param>
public sealed record CachedModel(HubId Id, string Folder, IReadOnlyList<string> Revisions)
{
    /// <summary>The commit, 40 hexadecimal digits.</summary>
    public string Commit => Id.Revision;

    /// <summary>The shortest name that finds it again: <c>owner/name</c> where <c>main</c> stands here, else with a branch, a tag or the commit.</summary>
    public string Name =>
        Revisions.Contains(HubId.DefaultRevision, StringComparer.Ordinal) ? Id.Repository : Id.At(Revisions.Count > 0 ? Revisions[0] : Commit).ToString();
}
