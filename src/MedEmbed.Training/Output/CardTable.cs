namespace MedEmbed.Training.Output;

/// <summary>A table of a model card.</summary>
/// <param name="Heading">The section's heading.</param>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">Cells, as many a row as there are columns.</param>
public sealed record CardTable(string Heading, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
