using MedEmbed.Retrieval.Flat.Storage;

namespace MedEmbed.Retrieval.Flat.Scanning;

internal sealed class F32Scorer(Segment segment, QueryGroup queries) : RowScorer
{
    public override int RowBytes => RowLayout.F32Bytes(segment.Dimensions);

    public override void Score(int firstRow, int rows, Span<float> scores) =>
        F32Scores.Compute(queries.Similarity, queries.Padded, segment.F32(firstRow, rows), RowLayout.F32Numbers(segment.Dimensions), scores);
}
