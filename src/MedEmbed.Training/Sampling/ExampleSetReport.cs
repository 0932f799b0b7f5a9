using MedEmbed.Data.Reading;

namespace MedEmbed.Training.Sampling;

/// <summary>What was read of a source, for logs and the model card.</summary>
/// <param name="Source">The source.</param>
/// <param name="Triplets">Triplets read.</param>
/// <param name="Examples">Triplets kept.</param>
/// <param name="Excluded">Triplets left out because the source's <see cref="TrainingSource.Exclude"/> matches their query or a positive.</param>
/// <param name="ContaminatedTriplets">Triplets left out because their query or a positive overlaps with a benchmark.</param>
/// <param name="ContaminatedNegatives">Negatives left out of kept triplets for the same reason.</param>
/// <param name="Omitted">What makes no triplet though nothing is wrong with its line.</param>
/// <param name="BadLines">Faulty lines left out.</param>
/// <param name="ContentHash">SHA-256 in lower-case hex over what is kept, in its order; the same for the same triplets in another form of file.</param>
public sealed record ExampleSetReport(
    TrainingSource Source,
    long Triplets,
    long Examples,
    long Excluded,
    long ContaminatedTriplets,
    long ContaminatedNegatives,
    BadLines Omitted,
    BadLines BadLines,
    string ContentHash);
