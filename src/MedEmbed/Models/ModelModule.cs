namespace MedEmbed.Models;

/// <summary>A step after the transformer, in the order of <c>modules.json</c>.</summary>
public abstract record ModelModule;
