using System.Security.Cryptography;
using MedEmbed.Encoding;
using MedEmbed.Models;

namespace MedEmbed.Training.Teachers;

/// <summary>A model's vectors of texts in one role, each computed once and kept on disk.</summary>
internal sealed class TextVectors : IDisposable
{
    /// <summary>Texts between two writes: what a killed run loses at most.</summary>
    private const int WindowTexts = 512;

    private readonly VectorStore _store;
    private readonly string _name;
    private readonly string _prefix;
    private readonly EncodeOptions _options;

    private TextVectors(VectorStore store, string name, string prefix, EncodeOptions options) => (_store, _name, _prefix, _options) = (store, name, prefix, options);

    /// <summary>Opens what is there of <paramref name="model"/>'s vectors.</summary>
    /// <param name="model">The model.</param>
    /// <param name="precision">What it computes in.</param>
    /// <param name="role">The role whose prompt is taken where <paramref name="prompt"/> is null.</param>
    /// <param name="prompt">A text that stands before each text.</param>
    /// <param name="folder">Where the vectors are kept.</param>
    public static TextVectors Open(ModelFolder model, Graph.Precision precision, Prompt role, string? prompt, string folder)
    {
        // The folder's own prompt goes through the encoder, which knows whether it is pooled.
        (string prefix, Prompt used) = prompt is null ? ("", role) : (prompt, Prompt.None);
        string content = $"vectors 1\n{model.ContentHash}\n{precision}\n{model.Prompts.TextOf(used)}\n{prefix}";
        string key = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
        VectorStore store = VectorStore.Open(Path.Combine(folder, $"{model.Name}-{key[..16]}.vectors"), model.Dimensions, key);
        return new TextVectors(store, $"{model.Name}, {(role == Prompt.Query ? "queries" : "documents")}", prefix, new EncodeOptions { Prompt = used });
    }

    /// <summary>Computes those of <paramref name="texts"/> (read twice) that are not there yet.</summary>
    public async Task CompleteAsync(IEnumerable<string> texts, Lazy<TextEncoder> encoder, IProgress<TeacherProgress>? progress, CancellationToken cancellationToken)
    {
        if (!texts.Any(IsMissing))
            return;
        _store.BeginAppend();
        try
        {
            HashSet<UInt128> missing = [.. texts.Where(IsMissing).Select(TextKey.Of)];
            (int done, int total) = (0, missing.Count);
            progress?.Report(new TeacherProgress(_name, 0, total));
            foreach (string[] window in texts.Where(text => missing.Remove(TextKey.Of(text))).Chunk(WindowTexts))
            {
                Encoded encoded = await encoder.Value.EncodeAsync([.. window.Select(text => _prefix + text)], _options, cancellationToken).ConfigureAwait(false);
                _store.Append(Array.ConvertAll(window, TextKey.Of), encoded.Vectors);
                done += window.Length;
                progress?.Report(new TeacherProgress(_name, done, total));
            }
        }
        finally
        {
            _store.EndAppend();
        }
    }

    /// <summary>Writes the vectors of <paramref name="texts"/> one after the other.</summary>
    public void Read(IEnumerable<string> texts, int dimensions, Span<float> vectors)
    {
        foreach (string text in texts)
        {
            if (IsMissing(text))
                throw new ArgumentException($"{_name}: a text of the batch was not among those that the teacher was prepared with; prepare it with all sources of the run.", nameof(texts));
            _store.Read(TextKey.Of(text), vectors[..dimensions]);
            vectors = vectors[dimensions..];
        }
    }

    public void Dispose() => _store.Dispose();

    private bool IsMissing(string text) => !_store.Contains(TextKey.Of(text));
}
