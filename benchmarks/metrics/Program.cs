using System.Diagnostics;
using MedEmbed.Benchmarks;
using MedEmbed.Benchmarks.Metrics;
using MedEmbed.Evaluation.Metrics;

const int Rounds = 7;
string folder = args.Length > 0 ? args[0] : Environment.CurrentDirectory;

Console.Error.WriteLine("Making 10,000 rankings of 1,000 hits and 20 million doubles …");
SyntheticRun data = SyntheticRun.Create(seed: 1);
double[] unsorted = RandomDoubles(20_000_000, seed: 2);
double[] buffer = new double[unsorted.Length];
var metrics = new EvaluationOptions { WithNauc = false };

var sort = new double[Rounds];
var evaluate = new double[Rounds];
var evaluateWithNauc = new double[Rounds];
double check = 0;
for (int round = -1; round < Rounds; round++)
{
    unsorted.CopyTo(buffer, 0);
    double sorting = Seconds(() => Array.Sort(buffer));
    double scoring = Seconds(() => check = RetrievalEvaluator.Evaluate(data.Qrels, data.Run, metrics).Mean("ndcg_at_10"));
    double scoringAll = Seconds(() => RetrievalEvaluator.Evaluate(data.Qrels, data.Run));
    if (round < 0)
        continue; // the first round compiles and warms up
    (sort[round], evaluate[round], evaluateWithNauc[round]) = (sorting, scoring, scoringAll);
    Console.Error.WriteLine(FormattableString.Invariant($"round {round + 1}/{Rounds}: sort {sorting:F3} s, metrics {scoring:F3} s, metrics and nAUC {scoringAll:F3} s"));
}

var measurement = new Measurement(Machine.Describe(), sort, evaluate, evaluateWithNauc, check);
await measurement.WriteAsync(folder);
Console.WriteLine(measurement.ToMarkdown());
return measurement.Ratio <= 1 ? 0 : 1;

static double Seconds(Action action)
{
    GC.Collect();
    long start = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(start).TotalSeconds;
}

static double[] RandomDoubles(int count, int seed)
{
    var random = new Random(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++)
        values[i] = random.NextDouble();
    return values;
}
