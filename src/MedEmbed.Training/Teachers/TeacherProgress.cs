namespace MedEmbed.Training.Teachers;

/// <summary>How far the preparation of a teacher has come.</summary>
/// <param name="Teacher">The teacher, and what of it is computed.</param>
/// <param name="Texts">Texts done.</param>
/// <param name="TotalTexts">Texts to do; those that an earlier run has done are not among them.</param>
public readonly record struct TeacherProgress(string Teacher, long Texts, long TotalTexts);
