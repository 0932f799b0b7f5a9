namespace MedEmbed.Training.Recipes;

/// <summary>The losses there are.</summary>
public enum LossKind
{
    /// <summary><see cref="Losses.InfoNceLoss"/>.</summary>
    InfoNce,

    /// <summary><see cref="Losses.TripletLoss"/>.</summary>
    Triplet,

    /// <summary><see cref="Losses.GistLoss"/>.</summary>
    Gist,

    /// <summary><see cref="Losses.MarginMseLoss"/>.</summary>
    MarginMse,

    /// <summary><see cref="Losses.KlDistillationLoss"/>.</summary>
    Kl,

    /// <summary><see cref="Losses.BatchKlDistillationLoss"/>.</summary>
    BatchKl,
}
