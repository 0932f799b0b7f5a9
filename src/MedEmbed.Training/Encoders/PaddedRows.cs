using static TorchSharp.torch;

namespace MedEmbed.Training.Encoders;

/// <summary>Texts of one pass as tensors on the device: n texts, padded to the longest, L.</summary>
internal sealed class PaddedRows
{
    private PaddedRows(Tensor ids, Tensor? attended, Tensor? pooled, int rows, int length) =>
        (Ids, Attended, Pooled, Rows, Length) = (ids, attended, pooled, rows, length);

    /// <summary>Token ids, n × L, int64.</summary>
    public Tensor Ids { get; }

    /// <summary>True at tokens, false at padding, n × L; null where nothing is padded.</summary>
    public Tensor? Attended { get; }

    /// <summary>True where pooling looks, n × L; null where it looks at every position.</summary>
    public Tensor? Pooled { get; }

    public int Rows { get; }

    public int Length { get; }

    public static PaddedRows Of(IReadOnlyList<TokenRow> rows, int padId, Device device)
    {
        int length = rows.Max(row => row.Length);
        long[] ids = new long[rows.Count * length];
        bool[] attended = new bool[ids.Length];
        bool[] pooled = new bool[ids.Length];
        Array.Fill(ids, padId);
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<int> row = rows[i].Ids.Span;
            for (int t = 0; t < row.Length; t++)
            {
                int at = (i * length) + t;
                ids[at] = row[t];
                attended[at] = true;
                pooled[at] = t >= rows[i].Unpooled;
            }
        }

        long[] shape = [rows.Count, length];
        return new PaddedRows(
            tensor(ids, shape).to(device),
            Array.TrueForAll(attended, value => value) ? null : tensor(attended, shape).to(device),
            Array.TrueForAll(pooled, value => value) ? null : tensor(pooled, shape).to(device),
            rows.Count,
            length);
    }
}
