using MedEmbed.Benchmarks.Training;
using MedEmbed.Training.Libtorch;

BenchmarkOptions options = BenchmarkOptions.Parse(args, Path.GetFullPath(Path.Combine(Folder.Own, "..", "..")));
LibtorchRuntime runtime = LibtorchRuntime.Load();
TorchSharp.torch.set_num_threads(options.Threads);
Report report = Report.Start(options);
foreach (string part in options.Parts)
{
    Console.WriteLine($"{part}: {Path.GetFileName(options.Model)}, {options.Threads} threads");
    report = await runtime.RunAsync(() => part switch
    {
        "speed" => report with { Speed = SpeedMeasurement.Take(options) },
        "memory" => report with { Memory = MemoryMeasurement.Take(options) },
        _ => report with { Cached = CachedMeasurement.Take(options) },
    });
    report.Write();
}

Console.WriteLine(await File.ReadAllTextAsync(Path.Combine(Folder.Own, "results.md")));
