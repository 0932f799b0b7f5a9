namespace MedEmbed.Hub;

/// <summary>Why a hub could not give a model or data set.</summary>
public enum HubFailure
{
    /// <summary>The network is forbidden by the settings.</summary>
    Offline,

    /// <summary>No such repository, revision or file, as far as the token may see.</summary>
    NotFound,

    /// <summary>The hub wants a token, or does not accept the one given.</summary>
    Unauthorized,

    /// <summary>The repository's terms have to be accepted first, or the token may not read it.</summary>
    Forbidden,

    /// <summary>The hub could not be reached, or kept failing, within the allowed attempts.</summary>
    Unreachable,

    /// <summary>The bytes received are not those the hub lists.</summary>
    ChecksumMismatch,

    /// <summary>The hub's answer breaks a rule of safety or of form: a path that leaves its folder, plain HTTP, a file past the size limit.</summary>
    Refused,

    /// <summary>The repository holds no model in a form this toolkit reads.</summary>
    Unsupported,
}
