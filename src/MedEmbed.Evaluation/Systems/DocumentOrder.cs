using MedEmbed.Retrieval;
using MedEmbed.Vectors;

namespace MedEmbed.Evaluation.Systems;

/// <summary>Ties by document id, descending in UTF-8 bytes, as trec_eval ranks them; items are positions in the corpus.</summary>
internal readonly struct DocumentOrder : ITieOrder
{
    private readonly int[] _bestFirst;
    private readonly int[] _rank;

    public DocumentOrder(IReadOnlyList<string> ids)
    {
        _bestFirst = [.. Enumerable.Range(0, ids.Count)];
        Array.Sort(_bestFirst, (a, b) => Utf8Order.Compare(ids[b], ids[a]));
        _rank = new int[ids.Count];
        for (int rank = 0; rank < _rank.Length; rank++)
            _rank[_bestFirst[rank]] = rank;
    }

    /// <summary>The positions in this order.</summary>
    public IReadOnlyList<int> BestFirst() => _bestFirst;

    public bool Before(long a, long b) => _rank[a] < _rank[b];
}
