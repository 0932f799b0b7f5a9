using System.Runtime.ExceptionServices;
using MedEmbed.Graph;
using MedEmbed.Models;
using MedEmbed.Tokenization;

namespace MedEmbed.Encoding;

/// <summary>Encodes texts with a model folder on the processor.</summary>
/// <remarks>Thread-safe: calls may overlap and share the model's memory. Texts are sorted by length and run in batches of similar length, so that little padding is computed;
/// results are in input order, and a text's f32 vector does not depend on what it is batched with (to 1e-6 of its length).</remarks>
public sealed class TextEncoder : ITextEncoder, IDisposable
{
    private readonly IVectorGraph _graph;
    private readonly TextEncoderOptions _options;
    private readonly SharedUse _use;

    /// <summary>Takes over <paramref name="graph"/>.</summary>
    internal TextEncoder(ModelFolder model, WordPieceTokenizer tokenizer, IVectorGraph graph, TextEncoderOptions options) =>
        (Model, Tokenizer, _graph, _options, _use) = (model, tokenizer, graph, options, new SharedUse(graph));

    /// <summary>The model's folder.</summary>
    public ModelFolder Model { get; }

    /// <summary>The model's tokenizer.</summary>
    public WordPieceTokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public int Dimensions => Model.Dimensions;

    /// <inheritdoc/>
    public int MaxLength => Model.MaxLength;

    /// <summary>Opens the model at <paramref name="modelFolder"/>; the first time, its graph is built and kept in the cache folder.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ModelFormatException">A file of the model is missing or malformed, or the files contradict each other.</exception>
    /// <exception cref="IOException">The graph cache cannot be written.</exception>
    public static TextEncoder Open(string modelFolder, TextEncoderOptions? options = null) =>
        Open(ModelFolder.Open(modelFolder, options?.Overrides), options);

    /// <summary>Opens a model whose folder has been read already.</summary>
    /// <exception cref="ModelFormatException">A file of the model is missing or malformed, or the files contradict each other.</exception>
    /// <exception cref="IOException">The graph cache cannot be written.</exception>
    public static TextEncoder Open(ModelFolder model, TextEncoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new TextEncoderOptions();
        options.Validate();
        WordPieceTokenizer tokenizer = model.OpenTokenizer();
        return new TextEncoder(model, tokenizer, OpenGraph(model, options), options);
    }

    /// <inheritdoc/>
    /// <remarks>The texts must not change until the call has ended.</remarks>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public async ValueTask<Encoded> EncodeAsync(IReadOnlyList<string> texts, EncodeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(options);
        int dimensions = options.Dimensions ?? Dimensions;
        if (dimensions < 1 || dimensions > Dimensions)
            throw new ArgumentException($"Dimensions must be from 1 to the model's {Dimensions}, not {dimensions}.", nameof(options));
        string prompt = Model.Prompts.TextOf(options.Prompt);
        CheckTexts(texts, dimensions);
        _use.Enter(this);
        try
        {
            return await Task.Run(() => new EncodingRun(this, texts, prompt, dimensions, options.Progress).Execute(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (AggregateException error) when (error.InnerException is { } cause)
        {
            // Batches run side by side; the caller is told what happened, not how the work was shared out.
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
        finally
        {
            _use.Exit();
        }
    }

    /// <summary>Closes the model when the calls under way have ended; later calls fail.</summary>
    public void Dispose() => _use.Close();

    internal Precision Precision => _options.Precision;

    internal int Threads => _options.EffectiveThreads;

    internal int BatchTokens => _options.BatchTokens;

    internal void Run(PaddedTokens tokens, float[] vectors) => _graph.Run(tokens, vectors);

    private static void CheckTexts(IReadOnlyList<string> texts, int dimensions)
    {
        if ((long)texts.Count * dimensions > Array.MaxLength)
            throw new ArgumentException($"{texts.Count} vectors of {dimensions} numbers are more than one call can return. Encode them as a stream, or in several calls.", nameof(texts));
        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i] is null)
                throw new ArgumentException($"Text {i} is null; an empty text is allowed.", nameof(texts));
        }
    }

    private static IVectorGraph OpenGraph(ModelFolder model, TextEncoderOptions options)
    {
        if (model.OnnxFile is not null && (options.PreferExportedGraph || !File.Exists(model.WeightsFile)))
        {
            return options.Precision == Precision.F32
                ? new ExportedGraph(model)
                : throw new ModelFormatException(model.OnnxFile, "computes in the precision it was exported with. Leave the precision at f32, or provide model.safetensors.");
        }

        var cache = new GraphCache(options.GraphCacheFolder ?? Path.Combine(CacheFolder.Default, "graphs"));
        string graph = cache.GetOrBuild(model, options.Precision);
        try
        {
            return new BuiltGraph(graph, model.Dimensions);
        }
        catch (ModelFormatException)
        {
            // Something outside has damaged the cached graph.
            return new BuiltGraph(cache.Rebuild(model, options.Precision), model.Dimensions);
        }
    }
}
