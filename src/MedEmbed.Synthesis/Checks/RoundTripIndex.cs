using System.Globalization;
using System.Security.Cryptography;
using MedEmbed.Data.Pairs;
using MedEmbed.Retrieval.Bm25;
using MedEmbed.Synthesis.Grounding;

namespace MedEmbed.Synthesis.Checks;

/// <summary>All responses in a BM25 index, equal ones once: a query that does not find its own response among them is too vague, or about something else.</summary>
internal sealed class RoundTripIndex : IDisposable
{
    private readonly Bm25IndexBuilder _builder = new();
    private readonly Dictionary<UInt128, int> _numbers = [];
    private Bm25Index? _index;

    public void Add(string response)
    {
        if (_numbers.TryAdd(KeyOf(response), _numbers.Count))
            _builder.Add((_numbers.Count - 1).ToString(CultureInfo.InvariantCulture), response);
    }

    /// <summary>Ends the adding.</summary>
    public void Build() => _index = _builder.Build();

    /// <summary>Whether the pair's response is among the first <paramref name="top"/>.</summary>
    public bool Finds(QueryPassagePair pair, int top)
    {
        string id = _numbers[KeyOf(pair.Positive)].ToString(CultureInfo.InvariantCulture);
        return _index!.Search(pair.Query, top).Any(hit => hit.Id == id);
    }

    public void Dispose()
    {
        _index?.Dispose();
        _builder.Dispose();
    }

    private static UInt128 KeyOf(string response) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(FoldedText.Of(response))));
}
