using MedEmbed.Benchmarks.FlatSearch;
using MedEmbed.Retrieval.Flat;

BenchmarkOptions options = BenchmarkOptions.Parse(args);
VectorSet vectors = VectorSet.Load(options);
string folder = Directory.CreateTempSubdirectory("medembed-flat-search-").FullName;
try
{
    string rows = Path.Combine(folder, "rows.f32"), queries = Path.Combine(folder, "queries.f32");
    VectorSet.WriteRaw(vectors.Rows, rows);
    VectorSet.WriteRaw(vectors.Queries, queries);
    Scenario[] scenarios = [.. new[] { 1, Environment.ProcessorCount }.Distinct().SelectMany(threads => new[] { 1, 16, 256 }
        .Select(batch => Math.Min(batch, options.Queries)).Distinct().Select(batch => new Scenario(Math.Min(options.Queries, Math.Max(32, batch)), batch, threads)))];
    using Peer peer = new(rows, queries, vectors.Rows.Dimensions);
    List<Measurement> measurements = [];
    long[] exact;
    using (Ours ours = new(Path.Combine(folder, "f32"), vectors, StoredVectors.F32))
    {
        exact = ours.Hits(new Scenario(options.Queries, options.Queries, Environment.ProcessorCount), options.Top);
        foreach (Scenario scenario in scenarios)
            measurements.Add(Compare(ours, peer, scenario));
    }

    foreach (StoredVectors kind in new[] { StoredVectors.Int8, StoredVectors.Binary })
    {
        using Ours ours = new(Path.Combine(folder, kind.ToString()), vectors, kind);
        foreach (Scenario scenario in scenarios)
            measurements.Add(Measure(ours, kind, scenario, exact));
    }

    Console.Write(Report.Write(options, vectors, peer.Version, measurements));
}
finally
{
    Directory.Delete(folder, recursive: true);
}

Measurement Compare(Ours ours, Peer peer, Scenario scenario)
{
    double agreement = Agreement(peer.Hits(scenario, options.Top), ours.Hits(scenario, options.Top));
    // Sums in another order may swap neighbours whose scores differ in the last bit; anything more is an error in one of the two.
    if (agreement < 0.999)
        throw new InvalidOperationException($"The two searches agree on {agreement:P2} of the hits only, so their times cannot be compared.");
    List<double> oursSeconds = [], peerSeconds = [];
    for (int round = 0; round < options.Rounds; round++)
    {
        oursSeconds.Add(ours.Seconds(scenario, options.Top));
        peerSeconds.Add(peer.Seconds(scenario, options.Top));
    }

    return new Measurement("f32", scenario, Median(oursSeconds, scenario), Median(peerSeconds, scenario), agreement);
}

Measurement Measure(Ours ours, StoredVectors kind, Scenario scenario, long[] exact)
{
    long[] found = ours.Hits(scenario, options.Top);
    List<double> seconds = [];
    for (int round = 0; round < options.Rounds; round++)
        seconds.Add(ours.Seconds(scenario, options.Top));
    string name = kind == StoredVectors.Int8 ? "int8" : "binary + int8";
    return new Measurement(name, scenario, Median(seconds, scenario), null, Agreement(exact[..found.Length], found));
}

double Agreement(long[] expected, long[] found)
{
    int right = 0;
    foreach ((long[] a, long[] b) in expected.Chunk(options.Top).Zip(found.Chunk(options.Top)))
        right += a.Intersect(b).Count();
    return (double)right / expected.Length;
}

static double Median(List<double> seconds, Scenario scenario)
{
    seconds.Sort();
    return seconds[seconds.Count / 2] * 1000 / scenario.Queries;
}
