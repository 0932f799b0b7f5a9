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

    private TextEncoder(ModelFolder model, WordPieceTokenizer tokenizer, IVectorGraph graph, TextEncoderOptions options) =>
        (Model, Tokenizer, _graph, _options) = (model, tokenizer, graph, options);

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
        var tokenizer = WordPieceTokenizer.Load(model.TransformerFolder);
        if (tokenizer.VocabularySize > model.Config.VocabularySize)
        {
            throw new ModelFormatException(
                Path.Combine(model.TransformerFolder, "config.json"),
                $"field \"vocab_size\" is {model.Config.VocabularySize}, but the tokenizer has ids up to {tokenizer.VocabularySize - 1}. Tokenizer and weights belong to different models.");
        }

        return new TextEncoder(model, tokenizer, OpenGraph(model, options), options);
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
        return await Task.Run(() => new EncodingRun(this, texts, prompt, dimensions, options.Progress).Execute(cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();

    internal Precision Precision => _options.Precision;

    internal int Threads => _options.EffectiveThreads;

    internal int BatchTokens => _options.BatchTokens;

    internal void Run(PaddedTokens tokens, float[] vectors) => _graph.Run(tokens, vectors);

    private static IVectorGraph OpenGraph(ModelFolder model, TextEncoderOptions options)
    {
        if (model.OnnxFile is not null && (options.PreferExportedGraph || !File.Exists(model.WeightsFile)))
        {
            return options.Precision == Precision.F32
                ? new ExportedGraph(model)
                : throw new ModelFormatException(model.OnnxFile, "computes in the precision it was exported with. Leave the precision at f32, or provide model.safetensors.");
        }

        var cache = new GraphCache(options.GraphCacheFolder ?? Path.Combine(CacheFolder.Default, "graphs"));
        return new BuiltGraph(cache.GetOrBuild(model, options.Precision), model.Dimensions);
    }
}
