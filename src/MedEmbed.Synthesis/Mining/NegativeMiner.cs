using System.Diagnostics;
using MedEmbed.Data.Outputs;
using MedEmbed.Data.Pairs;
using MedEmbed.Synthesis.Mining.Passages;
using MedEmbed.Synthesis.Mining.Reporting;
using MedEmbed.Synthesis.Mining.Scoring;

namespace MedEmbed.Synthesis.Mining;

/// <summary>Pairs to triplets with hard negatives, scored for distillation.</summary>
/// <remarks>
/// <para>A passage whose normalised text is that of a positive is that positive; it is never a negative of a query that any pair marks it positive for, queries being the same where
/// their normalised texts are. A passage's group is the corpus's <c>metadata.note_id</c>, or that of the pairs it is positive for.</para>
/// <para>Passages, vectors and mined lines lie on disk beside the output; memory is about 70 bytes a passage and 50 a pair. A run that was killed goes on where it was when it is
/// started again, and the output has the same bytes.</para>
/// </remarks>
public sealed class NegativeMiner
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMilliseconds(500);

    private readonly MiningOptions _options;

    /// <summary>A miner; it may run several times.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public NegativeMiner(MiningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>Mines <paramref name="input"/> into triplets at <paramref name="output"/> (<c>.jsonl</c>, <c>.parquet</c>, or <c>-</c>), with a report beside them.</summary>
    /// <exception cref="OutputExistsException">A finished output is there, and is not to be overwritten.</exception>
    /// <exception cref="FormatException">A line of the input breaks a rule, or there is nothing to mine.</exception>
    /// <exception cref="IOException">A file cannot be read or written, or another process mines into the same output.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the same call goes on.</exception>
    public async Task<MiningReport> RunAsync(MiningInput input, string output, IProgress<MiningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var paths = MiningPaths.Of(output, _options);
        string fingerprint = await MiningFingerprint.OfInputAsync(input, _options, cancellationToken).ConfigureAwait(false);
        WorkFolder work = WorkFolder.Open(paths.WorkFolder, fingerprint);
        string mined = work.Mined(MiningFingerprint.OfSettings(_options));
        paths.RequireFree(_options.Overwrite, siblingsAreOurs: File.Exists(mined));
        MiningReport report;
        using (PassageCatalog catalog = await CatalogReading.ReadAsync(input, _options, work.Spool, progress, cancellationToken).ConfigureAwait(false))
        {
            if (!File.Exists(mined))
                await MineAsync(input, catalog, work, mined, progress, cancellationToken).ConfigureAwait(false);
            report = await new TripletAssembly(input, _options, catalog, paths).WriteAsync(mined, progress, cancellationToken).ConfigureAwait(false);
        }

        if (_options.WorkFolder is null)
            work.Delete();
        return report;
    }

    private async Task MineAsync(MiningInput input, PassageCatalog catalog, WorkFolder work, string mined, IProgress<MiningProgress>? progress, CancellationToken cancellationToken)
    {
        using ScorerSet scorers = await ScorerSet.OpenAsync(_options, catalog, work.Path, progress, cancellationToken).ConfigureAwait(false);
        using ResumableOutput lines = ResumableOutput.Open(mined, new ResumableOutputOptions { Fingerprint = "mined" });
        var miner = new QueryMiner(_options, catalog, scorers);
        long done = lines.RecordsDone, resumed = done, saved = Stopwatch.GetTimestamp();
        try
        {
            await foreach (QueryWindow window in WindowsAsync(input, done, cancellationToken).ConfigureAwait(false))
            {
                progress?.Report(new MiningProgress(MiningStage.Mining, done, catalog.Pairs) { Resumed = resumed });
                foreach (MinedQuery query in await miner.MineAsync(window, cancellationToken).ConfigureAwait(false))
                    lines.Stream.Write(query.ToLine());
                done += window.Pairs.Count;
                if (Stopwatch.GetElapsedTime(saved) < SaveEvery)
                    continue;
                lines.Save(done);
                saved = Stopwatch.GetTimestamp();
            }
        }
        catch (OperationCanceledException)
        {
            lines.Save(done);
            throw;
        }

        lines.Complete();
    }

    /// <summary>The pairs in windows, without the first <paramref name="skip"/>, which are whole windows.</summary>
    private async IAsyncEnumerable<QueryWindow> WindowsAsync(MiningInput input, long skip, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<QueryPassagePair> pairs = new(QueryWindow.Size);
        long number = 0;
        await foreach (QueryPassagePair pair in input.ReadPairs(_options).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (number++ < skip)
                continue;
            pairs.Add(pair);
            if (pairs.Count < QueryWindow.Size)
                continue;
            yield return new QueryWindow(number - pairs.Count, [.. pairs]);
            pairs.Clear();
        }

        if (pairs.Count > 0)
            yield return new QueryWindow(number - pairs.Count, pairs);
    }
}
