using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MedEmbed.Data.Contamination;
using MedEmbed.Data.Outputs;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Records;
using MedEmbed.Data.Triplets;
using MedEmbed.Synthesis.Mining.Passages;
using MedEmbed.Synthesis.Mining.Reporting;

namespace MedEmbed.Synthesis.Mining;

/// <summary>Mined lines to triplets, development triplets and reports. The triplets take their name last: where they are, all is.</summary>
internal sealed class TripletAssembly(MiningInput input, MiningOptions options, PassageCatalog catalog, MiningPaths paths)
{
    private const int ReportEvery = 1000;

    private static readonly JsonSerializerOptions ReportForm = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly TripletSplit _split = new(options.Seed, options.DevShare);
    private readonly MiningTally _tally = new(catalog, options.LogText);

    public async Task<MiningReport> WriteAsync(string mined, IProgress<MiningProgress>? progress, CancellationToken cancellationToken)
    {
        ContaminationCheck? check = options.Benchmarks is null
            ? null
            : new ContaminationCheck(await BenchmarkTexts.ReadAsync(options.Benchmarks, cancellationToken: cancellationToken).ConfigureAwait(false));
        var writing = new RecordWriterOptions { Overwrite = true, SaveEvery = Timeout.InfiniteTimeSpan };
        using RecordWriter<Triplet> train = TripletFile.OpenWriter(paths.Output, writing);
        using RecordWriter<Triplet>? dev = paths.Dev is null ? null : TripletFile.OpenWriter(paths.Dev, writing);
        await foreach ((QueryPassagePair pair, long line, MinedQuery query) in JoinAsync(mined, progress, cancellationToken).ConfigureAwait(false))
            Write(pair, line, query, check, train, dev);
        MiningReport report = _tally.Complete();
        if (check is not null)
            WriteJson(paths.Contamination!, JsonSerializer.SerializeToUtf8Bytes(check.Report(), ContaminationJson.Default.ContaminationReport));
        if (paths.Report is not null)
            WriteJson(paths.Report, JsonSerializer.SerializeToUtf8Bytes(report, ReportForm));
        if (dev is not null)
            await dev.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await train.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return report;
    }

    private void Write(QueryPassagePair pair, long line, MinedQuery query, ContaminationCheck? check, RecordWriter<Triplet> train, RecordWriter<Triplet>? dev)
    {
        _tally.AddCandidates(query);
        string? group = pair.NoteId ?? catalog.Groups.Of(query.Positive, null);
        string[] texts = [.. query.Negatives.Select(negative => catalog.Text(negative.Passage))];
        var triplet = new Triplet(pair.Query, [pair.Positive], texts)
        {
            QueryId = pair.QueryId,
            QueryType = pair.QueryType,
            Group = group,
            Source = pair.Source,
            PositiveScores = [query.PositiveScore],
            NegativeScores = [.. query.Negatives.Select(negative => negative.Score)],
        };
        Triplet? clean = check is null ? triplet : check.Examine(triplet, input.Pairs, line);
        if (options.DropContaminated && clean is null)
        {
            _tally.AddContaminated();
            return;
        }

        if (options.DropContaminated && clean!.Negatives.Count < triplet.Negatives.Count)
        {
            HashSet<string> kept = new(clean.Negatives, StringComparer.Ordinal);
            query = query with { Negatives = [.. query.Negatives.Where((_, i) => kept.Contains(texts[i]))] };
            triplet = clean;
        }

        if (query.Negatives.Count < options.MinNegatives)
        {
            _tally.AddTooFew();
            return;
        }

        bool isDev = dev is not null && _split.IsDev(group, pair.Query);
        (isDev ? dev! : train).Write(triplet);
        _tally.AddTriplet(pair, query, isDev);
    }

    /// <summary>Each mined line with its pair and the pair's line in its file.</summary>
    private async IAsyncEnumerable<(QueryPassagePair Pair, long Line, MinedQuery Query)> JoinAsync(string mined, IProgress<MiningProgress>? progress, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var lines = new StreamReader(mined);
        RecordReader<QueryPassagePair> pairs = input.ReadPairs(options);
        long number = 0;
        await foreach (QueryPassagePair pair in pairs.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (number % ReportEvery == 0)
                progress?.Report(new MiningProgress(MiningStage.Writing, number, catalog.Pairs));
            if (!catalog.IsRepeated(number))
                yield return (pair, pairs.LinesRead, await NextAsync(lines, mined, number, cancellationToken).ConfigureAwait(false));
            number++;
        }
    }

    private static async Task<MinedQuery> NextAsync(StreamReader lines, string mined, long pair, CancellationToken cancellationToken)
    {
        string? line = await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        MinedQuery? query = line is null ? null : MinedQuery.Parse(line);
        return query?.Pair == pair
            ? query
            : throw new SynthesisFormatException(mined, FormattableString.Invariant($"has no line for pair {pair}; something else has changed the file. Delete the work folder and run the command again."));
    }

    private static void WriteJson(string path, byte[] content) => AtomicFile.Write(path, stream => stream.Write([.. content, (byte)'\n']), overwrite: true);
}
