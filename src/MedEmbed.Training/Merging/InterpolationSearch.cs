using MedEmbed.Data.Outputs;
using MedEmbed.Models;

namespace MedEmbed.Training.Merging;

/// <summary>Searches the weights of a mix that score best, by <see cref="WeightSearch"/>.</summary>
public static class InterpolationSearch
{
    /// <summary>Writes one mix after the other and scores it.</summary>
    /// <param name="members">The models that are mixed.</param>
    /// <param name="scratchFolder">A name where no folder is: <c>NAME.partial</c> holds a mix at a time, f32, and goes at the end.</param>
    /// <param name="evaluations">Mixes to score at most; at least one more than there are members.</param>
    /// <param name="score">Scores a model folder, such as by nDCG@10 on a development set; higher is better.</param>
    /// <param name="progress">Told each trial.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Every mix in the order in which it was tried.</returns>
    public static async Task<IReadOnlyList<WeightTrial>> RunAsync(
        ModelInterpolation members,
        string scratchFolder,
        int evaluations,
        Func<ModelFolder, CancellationToken, ValueTask<double>> score,
        IProgress<WeightTrial>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(score);
        using var scratch = AtomicFolder.Open(scratchFolder);
        string folder = Path.Combine(scratch.Path, "mix");
        return await WeightSearch.RunAsync(members.Models.Count, evaluations, ScoreAsync, cancellationToken).ConfigureAwait(false);

        async ValueTask<double> ScoreAsync(IReadOnlyList<double> weights, CancellationToken stop)
        {
            await Task.Run(() => members.Write(folder, weights, cancellationToken: stop), stop).ConfigureAwait(false);
            double value = await score(ModelFolder.Open(folder), stop).ConfigureAwait(false);
            Directory.Delete(folder, recursive: true);
            progress?.Report(new WeightTrial(weights, value));
            return value;
        }
    }
}
