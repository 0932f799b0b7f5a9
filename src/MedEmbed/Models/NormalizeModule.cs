namespace MedEmbed.Models;

/// <summary>Scales a vector to unit length.</summary>
public sealed record NormalizeModule : ModelModule;
