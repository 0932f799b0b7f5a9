namespace MedEmbed.Synthesis.Mining;

/// <summary>A negative.</summary>
/// <param name="Passage">Its number.</param>
/// <param name="Score">By the teachers.</param>
/// <param name="MarginScore">By what margins are measured with.</param>
/// <param name="Source">Name of the source that gave it.</param>
internal sealed record MinedNegative(int Passage, float Score, float MarginScore, string Source);
