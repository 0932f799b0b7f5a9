using MedEmbed.Data.Reading;

namespace MedEmbed.Synthesis.Mining;

/// <summary>What a conversion to pairs wrote and left out.</summary>
/// <param name="Input">The file or folder.</param>
/// <param name="Pairs">Pairs written.</param>
/// <param name="Lines">Lines read: of the file, or of a folder's queries.</param>
/// <param name="Excluded">Pairs left out because a text matched the expression.</param>
/// <param name="SameTexts">Pairs left out because query and positive are the same text but for case, punctuation and white space: nothing is learnt from them.</param>
/// <param name="Omitted">What makes no pair though nothing is wrong with its line (see <see cref="MedEmbed.Data.Triplets.TripletSource.Omitted"/>).</param>
/// <param name="BadLines">Faulty lines left out.</param>
public sealed record PairConversionResult(string Input, long Pairs, long Lines, long Excluded, long SameTexts, BadLines Omitted, BadLines BadLines);
