using System.Numerics.Tensors;
using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Output;

namespace MedEmbed.Training.Merging;

/// <summary>Mixes of checkpoints of one model: every number is the weighted mean of theirs (LM-Cocktail, Xiao et al. 2023, arXiv 2311.13534).</summary>
/// <remarks>Needs no libtorch, and holds a tensor at a time. Sums are f64 and rounded once to f32. What is no weight (configuration, tokenizer, prompts), and tensors
/// that the others lack, are the first model's. Not thread-safe.</remarks>
public sealed class ModelInterpolation : IDisposable
{
    private readonly List<SafetensorsFile> _files = [];
    private readonly List<Dictionary<string, (SafetensorsFile File, string Stored)>> _tensors = [];

    private ModelInterpolation(IReadOnlyList<ModelFolder> models) => Models = models;

    /// <summary>The members, in the order of the weights; the first gives all that is no weight.</summary>
    public IReadOnlyList<ModelFolder> Models { get; }

    /// <summary>Opens the members and requires that they differ in nothing but their weights' numbers.</summary>
    /// <exception cref="ModelFormatException">A member is malformed, or two differ; the message names the first difference.</exception>
    public static ModelInterpolation Open(IReadOnlyList<ModelFolder> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (models.Count == 0)
            throw new ArgumentException("A mix needs at least one model.", nameof(models));
        ModelLikeness.Require(models);
        var interpolation = new ModelInterpolation([.. models]);
        try
        {
            foreach (ModelFolder model in models)
                interpolation.Add(model);
            return interpolation;
        }
        catch
        {
            interpolation.Dispose();
            throw;
        }
    }

    /// <summary>Writes the mix as a model folder, whole or not at all.</summary>
    /// <param name="folder">The folder to be.</param>
    /// <param name="weights">A weight a member, from 0 up; they are divided by their sum.</param>
    /// <param name="options">Number format, model card, overwriting.</param>
    /// <param name="progress">Told how many tensors are written.</param>
    /// <param name="cancellationToken">Ends the writing and leaves nothing behind.</param>
    /// <exception cref="ArgumentException">There are not as many weights as members, or they cannot be weights.</exception>
    /// <exception cref="MedEmbed.Data.Outputs.OutputExistsException">The folder is there, not empty, and not to be overwritten.</exception>
    public void Write(string folder, IReadOnlyList<double> weights, ModelFolderOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Count != Models.Count)
            throw new ArgumentException($"There are {weights.Count} weights for {Models.Count} models.", nameof(weights));
        double[] shares = MergeWeights.Normalize(weights);
        int written = 0;
        ModelFolderWriter.Write(folder, Models[0], Mixed, options ?? new ModelFolderOptions());

        float[] Mixed(string name, Func<float[]> stored)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] values = stored();
            if (_tensors.TrueForAll(tensors => tensors.ContainsKey(name)))
                Mix(name, shares, values);
            progress?.Report(++written);
            return values;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafetensorsFile file in _files)
            file.Dispose();
        _files.Clear();
    }

    private void Mix(string name, double[] shares, float[] values)
    {
        const int Block = 1 << 14;
        double[] sum = new double[values.Length], member = new double[Math.Min(Block, values.Length)];
        for (int i = 0; i < shares.Length; i++)
        {
            if (shares[i] == 0)
                continue;
            (SafetensorsFile file, string stored) = _tensors[i][name];
            file.Read(stored, values);
            for (int start = 0; start < values.Length; start += Block)
            {
                int count = Math.Min(Block, values.Length - start);
                TensorPrimitives.ConvertTruncating<float, double>(values.AsSpan(start, count), member);
                TensorPrimitives.MultiplyAdd(member.AsSpan(0, count), shares[i], sum.AsSpan(start, count), sum.AsSpan(start, count));
            }
        }

        TensorPrimitives.ConvertTruncating<double, float>(sum, values);
    }

    private void Add(ModelFolder model)
    {
        var tensors = new Dictionary<string, (SafetensorsFile, string)>(StringComparer.Ordinal);
        SafetensorsFile weights = Opened(model.OpenWeights());
        string prefix = BertTensorNames.PrefixOf(weights);
        foreach (string stored in weights.Tensors.Keys)
            tensors[stored.StartsWith(prefix, StringComparison.Ordinal) ? stored[prefix.Length..] : stored] = (weights, stored);
        for (int i = 0; i < model.Modules.Count; i++)
        {
            if (model.Modules[i] is not DenseModule module)
                continue;
            SafetensorsFile dense = Opened(SafetensorsFile.Open(module.WeightsPath));
            tensors[EncoderParameters.DenseName(i, "weight")] = (dense, "linear.weight");
            if (module.HasBias)
                tensors[EncoderParameters.DenseName(i, "bias")] = (dense, "linear.bias");
        }

        if (_tensors.Count > 0)
            RemoveOfOtherShape(tensors);
        _tensors.Add(tensors);
    }

    /// <summary>What no vector depends on may differ in size, and stays the first model's.</summary>
    private void RemoveOfOtherShape(Dictionary<string, (SafetensorsFile File, string Stored)> tensors)
    {
        foreach ((string name, (SafetensorsFile file, string stored)) in _tensors[0])
        {
            if (tensors.TryGetValue(name, out var other) && !other.File.Find(other.Stored).Shape.SequenceEqual(file.Find(stored).Shape))
                tensors.Remove(name);
        }
    }

    private SafetensorsFile Opened(SafetensorsFile file)
    {
        _files.Add(file);
        return file;
    }
}
