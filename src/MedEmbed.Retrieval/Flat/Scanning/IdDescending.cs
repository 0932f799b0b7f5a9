using MedEmbed.Retrieval.Flat.Storage;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Scanning;

/// <summary>Ties by document id, descending in UTF-8 bytes, as trec_eval orders them.</summary>
internal readonly struct IdDescending(IndexSnapshot snapshot) : ITieOrder
{
    public bool Before(long a, long b) => snapshot.IdUtf8(a).SequenceCompareTo(snapshot.IdUtf8(b)) > 0;
}
