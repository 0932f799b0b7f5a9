namespace MedEmbed.Training.Recipes;

/// <summary>A recipe that cannot be followed; the message names the file, the key, the rule and the remedy.</summary>
public sealed class RecipeException(string message, Exception? inner = null) : FormatException(message, inner);
