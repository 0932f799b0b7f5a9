using System.Runtime.InteropServices;
using MedEmbed.Encoding;
using MedEmbed.Models;
using MedEmbed.Training.Libtorch;
using MedEmbed.Training.LowRank;
using static TorchSharp.torch;

namespace MedEmbed.Training.Encoders;

/// <summary>A BERT-family encoder under training.</summary>
/// <remarks>Not thread-safe, but for <see cref="EncodeAsync"/>, whose calls wait for each other and must not overlap with training. Its vectors are those of
/// <see cref="TextEncoder"/> over the same folder (f32: cosine above 0.99999), so evaluation takes either.</remarks>
public sealed class TrainableEncoder : ITextEncoder, IDisposable
{
    private readonly Device _device;
    private readonly SemaphoreSlim _encoding = new(1);

    private TrainableEncoder(ModelFolder model, TrainableEncoderOptions options, EncoderParameters parameters, Device device)
    {
        (Model, Options, Tokens, _device) = (model, options, new TextTokens(model), device);
        Own = new EncoderReplica(model, options, parameters, Tokens.PadId, device);
    }

    /// <summary>The folder the parameters came from.</summary>
    public ModelFolder Model { get; }

    /// <summary>How the encoder computes.</summary>
    public TrainableEncoderOptions Options { get; }

    /// <summary>The model's tokenizer.</summary>
    public TextTokens Tokens { get; }

    /// <summary>Parameters, f32, by their names in <c>model.safetensors</c> without a prefix (a Dense module's: <c>modules.N.linear.weight</c>; an attached
    /// adapter's: <c>LAYER.lora_A.weight</c> and <c>LAYER.lora_B.weight</c>), in ordinal order. A parameter that is not to be trained has <c>requires_grad</c> off.
    /// The encoder owns them.</summary>
    public IReadOnlyDictionary<string, Tensor> Parameters => Own.Parameters.All;

    /// <summary>Those of <see cref="Parameters"/> that are trained now, in ordinal order: what an optimiser and a checkpoint hold.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Trainable => Own.Parameters.All.Where(parameter => parameter.Value.requires_grad);

    /// <summary>A copy of the attached adapter with its present values; null where there is none.</summary>
    public LowRankAdapter? ToAdapter() => Own.Layers.Adapters?.ToAdapter();

    /// <inheritdoc/>
    public int Dimensions => Model.Dimensions;

    /// <inheritdoc/>
    public int MaxLength => Model.MaxLength;

    /// <summary>The computations on <see cref="Parameters"/> themselves.</summary>
    internal EncoderReplica Own { get; }

    /// <summary>Loads a model folder's parameters.</summary>
    /// <exception cref="ModelFormatException">A file is missing or malformed, or weights and configuration contradict each other.</exception>
    /// <exception cref="ArgumentException">An option is out of its range, or there is no such device.</exception>
    /// <exception cref="LibtorchException">libtorch is missing or does not load.</exception>
    public static TrainableEncoder Open(ModelFolder model, TrainableEncoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new TrainableEncoderOptions();
        options.Validate();
        Device device = ComputeDevice.Resolve(options.Device);
        return new TrainableEncoder(model, options, EncoderParameters.Load(model, device), device);
    }

    /// <summary>Trains <paramref name="adapter"/> in place of the model: its matrices become parameters, and all that were there before are no longer trained.</summary>
    /// <exception cref="ArgumentException">The adapter is for a model of other sizes.</exception>
    /// <exception cref="InvalidOperationException">There is an adapter already.</exception>
    public void Attach(LowRankAdapter adapter)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        if (Own.Layers.Adapters is not null)
            throw new InvalidOperationException("An adapter is attached already. Merge it into the model before another is trained.");
        Own.Layers.Adapters = LowRankAdapters.Attach(adapter, Own.Parameters, _device);
    }

    /// <summary>A pass over <paramref name="rows"/>, padded to the longest.</summary>
    /// <param name="rows">The texts.</param>
    /// <param name="step">With <paramref name="pass"/> and the options' seed, decides what dropout takes; a second pass of the same numbers takes the same.</param>
    /// <param name="pass">Which of a step's passes it is.</param>
    public IForwardPass Forward(IReadOnlyList<TokenRow> rows, long step, int pass)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Own.Forward(rows, step, pass);
    }

    /// <summary>Vectors of <paramref name="rows"/> for use alone, n × dimensions, f32: no gradient, no dropout. The caller's dispose scope owns them.</summary>
    public Tensor Encode(IReadOnlyList<TokenRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Own.Encode(rows);
    }

    /// <inheritdoc/>
    public async ValueTask<Encoded> EncodeAsync(IReadOnlyList<string> texts, EncodeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(options);
        int dimensions = options.Dimensions ?? Dimensions;
        if (dimensions < 1 || dimensions > Dimensions)
            throw new ArgumentException($"Dimensions must be from 1 to the model's {Dimensions}, not {dimensions}.", nameof(options));
        string prompt = Model.Prompts.TextOf(options.Prompt);
        await _encoding.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await LibtorchRuntime.Load().Compute.RunAsync(() => EncodeAll(texts, prompt, dimensions, options.Progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _encoding.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Own.Dispose();
        _encoding.Dispose();
    }

    private Encoded EncodeAll(IReadOnlyList<string> texts, string prompt, int dimensions, IProgress<EncodeProgress>? progress, CancellationToken cancellationToken)
    {
        long truncatedTexts = 0;
        long padded = 0;
        long tokens = 0;
        long done = 0;
        var rows = new TokenRow[texts.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = Tokens.Of(texts[i] ?? throw new ArgumentException($"Text {i} is null; an empty text is allowed.", nameof(texts)), prompt, MaxLength, out bool truncated);
            truncatedTexts += truncated ? 1 : 0;
        }

        var vectors = new EmbeddingMatrix(texts.Count, dimensions);
        foreach (RowChunk chunk in RowChunk.Plan(rows, Options.ChunkTokens))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor encoded = Encode([.. chunk.Rows.Select(row => rows[row])]);
            if (dimensions < Dimensions)
                encoded = encoded.narrow(1, 0, dimensions);
            if (dimensions < Dimensions && Model.Normalizes)
                encoded = nn.functional.normalize(encoded);
            ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(encoded.cpu().contiguous().bytes);
            for (int i = 0; i < chunk.Rows.Count; i++)
                values.Slice(i * dimensions, dimensions).CopyTo(vectors[chunk.Rows[i]]);
            done += chunk.Rows.Count;
            tokens += chunk.Rows.Sum(row => (long)rows[row].Length);
            padded += (long)chunk.Rows.Count * chunk.Length;
            progress?.Report(new EncodeProgress(done, texts.Count, tokens));
        }

        return new Encoded(vectors, new EncodeReport(texts.Count, tokens, truncatedTexts, padded));
    }
}
