using MedEmbed.Hub;

namespace MedEmbed.Evaluation.Tasks.Downloads;

/// <summary>A data set on the hub in a form that is read.</summary>
internal interface IHubDataset
{
    /// <summary>The files that are needed of it.</summary>
    IReadOnlyList<HubFile> Files { get; }

    /// <summary>Writes it in BEIR's layout.</summary>
    /// <param name="raw">The folder that holds <see cref="Files"/> under their own paths.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MedEmbed.Data.DataFormatException">A file is faulty.</exception>
    Task ConvertAsync(string raw, BeirWriter writer, CancellationToken cancellationToken);
}
