namespace MedEmbed.Training.Encoders;

/// <summary>Where in a model dropout stands.</summary>
internal enum DropoutPlace
{
    Embeddings,
    AttentionWeights,
    AttentionOutput,
    Output,
}
