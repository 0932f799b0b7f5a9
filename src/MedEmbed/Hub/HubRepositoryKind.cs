namespace MedEmbed.Hub;

/// <summary>What a repository on a hub holds.</summary>
public enum HubRepositoryKind
{
    /// <summary>A model.</summary>
    Model,

    /// <summary>A data set.</summary>
    Dataset,
}
