namespace MedEmbed.Training.Sampling;

/// <summary>An example as one epoch uses it.</summary>
/// <param name="Example">Its number in the set.</param>
/// <param name="Positive">The passage that is its positive.</param>
/// <param name="Candidates">The passages that are its negatives.</param>
/// <param name="Borrowed">Whether the negatives are other examples' positives, since it has none of its own.</param>
internal readonly record struct DrawnExample(int Example, int Positive, int[] Candidates, bool Borrowed);
