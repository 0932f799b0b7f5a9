using MedEmbed.Training.Losses;
using MedEmbed.Vectors;

namespace MedEmbed.Training.Tests.Losses;

/// <summary>One of every kind of loss.</summary>
internal static class AllLosses
{
    public static IReadOnlyDictionary<string, ITrainingLoss> ByName { get; } = new Dictionary<string, ITrainingLoss>
    {
        ["infonce"] = new InfoNceLoss(new InfoNceOptions { Temperature = 0.5 }),
        ["infonce with teacher filter"] = new InfoNceLoss(new InfoNceOptions { Temperature = 0.5, TeacherRatio = 0.9 }),
        ["infonce symmetric"] = new InfoNceLoss(new InfoNceOptions { Temperature = 0.5, Direction = ContrastDirection.Symmetric }),
        ["infonce joint"] = new InfoNceLoss(new InfoNceOptions { Temperature = 0.5, Direction = ContrastDirection.JointBidirectional }),
        ["triplet"] = new TripletLoss(new TripletOptions { Margin = 2 }),
        ["triplet euclidean"] = new TripletLoss(new TripletOptions { Similarity = Similarity.Euclidean, Margin = 5 }),
        ["gist"] = new GistLoss(new GistOptions { Temperature = 0.5 }),
        ["margin mse"] = new MarginMseLoss(),
        ["kl"] = new KlDistillationLoss(),
        ["batch kl"] = new BatchKlDistillationLoss(),
    };
}
