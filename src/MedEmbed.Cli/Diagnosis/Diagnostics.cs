using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using MedEmbed.Encoding;
using MedEmbed.Hub;
using Microsoft.ML.OnnxRuntime;

namespace MedEmbed.Cli.Diagnosis;

/// <summary>Looks at the machine, the cache, and the models, and encodes two sentences.</summary>
internal sealed class Diagnostics(Func<string, string?> environment)
{
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
    [
        new("system", FindingStatus.Good, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}"),
        Processor(),
        Memory(),
        OnnxRuntime(),
        Cache(),
        Network(),
        LibtorchDiagnosis.Run(environment),
        .. await ModelsAsync(cancellationToken).ConfigureAwait(false),
    ];

    private static Finding Processor()
    {
        (string Name, bool Has)[] sets =
        [
            ("AVX2", Avx2.IsSupported),
            ("AVX-512", Avx512F.IsSupported),
            ("AVX-VNNI", AvxVnni.IsSupported),
            ("AVX-512 VBMI", Avx512Vbmi.IsSupported),
        ];
        string[] present = [.. sets.Where(set => set.Has).Select(set => set.Name)];
        return new("processor", FindingStatus.Good, Text($"{Environment.ProcessorCount} processors, {(present.Length == 0 ? "no vector extensions known here" : string.Join(", ", present))}"));
    }

    private static Finding Memory()
    {
        double gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        return gigabytes >= 1
            ? new("memory", FindingStatus.Good, Text($"{gigabytes:F1} GB"))
            : new("memory", FindingStatus.Note, Text($"{gigabytes:F1} GB; encoding with a small model takes about 0.7 GB. Use --threads 1 and a smaller --batch-tokens."));
    }

    private static Finding OnnxRuntime()
    {
        try
        {
            return new("onnx runtime", FindingStatus.Good, OrtEnv.Instance().GetVersionString());
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            return new("onnx runtime", FindingStatus.Missing, $"its native library does not load: {error.Message}");
        }
    }

    private Finding Cache()
    {
        string folder = CacheFolder.For(environment);
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            double free = new DriveInfo(folder).AvailableFreeSpace / 1e9;
            return free >= 1
                ? new("cache", FindingStatus.Good, Text($"{folder}, {free:F1} GB free"))
                : new("cache", FindingStatus.Note, Text($"{folder}, only {free:F1} GB free; name another folder in {CacheFolder.Variable}."));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new("cache", FindingStatus.Missing, $"{folder} cannot be written ({error.Message}) Name another folder in {CacheFolder.Variable}.");
        }
    }

    private Finding Network()
    {
        HubOptions options = HubOptions.FromEnvironment(environment);
        return new("hub", FindingStatus.Good, options.Offline ? $"{HubOptions.OfflineVariable} is set: the network is never used." : $"{options.Endpoint} when a model is pulled; never otherwise.");
    }

    private async Task<IReadOnlyList<Finding>> ModelsAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        IReadOnlyList<ModelLocation> models = ModelCatalog.FromEnvironment(environment).List();
        if (!models.Any(model => model.Source == ModelSource.Bundled))
            findings.Add(new("models", FindingStatus.Missing, "no model is bundled; install the tool again, or name a folder of models in MEDEMBED_MODELS."));
        foreach (ModelLocation model in models.Where(model => model.Source == ModelSource.Bundled))
            findings.Add(await ProveAsync(model, cancellationToken).ConfigureAwait(false));
        int cached = models.Count(model => model.Source == ModelSource.Cached);
        if (cached > 0)
            findings.Add(new("cached models", FindingStatus.Good, Text($"{cached}; \"medembed model list\" shows them.")));
        return findings;
    }

    /// <summary>A model that runs puts a paraphrase nearer than another subject.</summary>
    private async Task<Finding> ProveAsync(ModelLocation model, CancellationToken cancellationToken)
    {
        try
        {
            var options = new TextEncoderOptions { GraphCacheFolder = Path.Combine(CacheFolder.For(environment), "graphs") };
            using TextEncoder encoder = await Task.Run(() => TextEncoder.Open(model.Folder, options), cancellationToken).ConfigureAwait(false);
            Encoded encoded = await encoder
                .EncodeAsync(["high blood pressure", "hypertension", "fracture of the wrist"], EncodeOptions.Document, cancellationToken).ConfigureAwait(false);
            float near = TensorPrimitives.CosineSimilarity(encoded.Vectors[0], encoded.Vectors[1]);
            float far = TensorPrimitives.CosineSimilarity(encoded.Vectors[0], encoded.Vectors[2]);
            return near > far
                ? new("model", FindingStatus.Good, Text($"{model.Name} runs: \"high blood pressure\" is nearer to \"hypertension\" ({near:F2}) than to \"fracture of the wrist\" ({far:F2})."))
                : new("model", FindingStatus.Missing, Text($"{model.Name} runs but gives senseless vectors ({near:F2} against {far:F2}); install the tool again."));
        }
        catch (Exception error) when (error is FormatException or IOException or OnnxRuntimeException or DllNotFoundException or TypeInitializationException)
        {
            return new("model", FindingStatus.Missing, error.Message);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
