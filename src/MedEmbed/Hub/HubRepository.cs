namespace MedEmbed.Hub;

/// <summary>What a hub lists for a model or data set at one commit.</summary>
/// <param name="Id">The repository, at the revision that was asked for.</param>
/// <param name="Commit">The commit the revision stood at, 40 hexadecimal digits.</param>
/// <param name="Files">Its files, in the hub's order.</param>
/// <param name="Kind">What it holds; a model and a data set may have the same id.</param>
public sealed record HubRepository(HubId Id, string Commit, IReadOnlyList<HubFile> Files, HubRepositoryKind Kind = HubRepositoryKind.Model);
