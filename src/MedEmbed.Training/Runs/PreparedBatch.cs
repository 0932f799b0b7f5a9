using MedEmbed.Training.Losses;
using MedEmbed.Training.Stepping;

namespace MedEmbed.Training.Runs;

/// <summary>A batch ready for the model.</summary>
/// <param name="Tokens">Its texts as token ids.</param>
/// <param name="Loss">Its loss.</param>
/// <param name="Origin">Where its texts come from, for messages: files and lines.</param>
internal sealed record PreparedBatch(TokenizedBatch Tokens, ITrainingLoss Loss, Func<string> Origin);
