using System.Numerics;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>Which segments to write anew: eight small ones of like size become one, so a row is copied a few times in all, and one of which more than half is deleted.</summary>
internal static class SegmentMerging
{
    private const int Fanout = 8;

    public static IReadOnlyList<WritableSegment> Choose(IReadOnlyList<WritableSegment> segments, IndexManifest manifest)
    {
        WritableSegment? sparse = segments.FirstOrDefault(segment => segment.LiveRows > 0 && segment.LiveRows < segment.Segment.Rows / 2);
        if (sparse is not null)
            return [sparse];
        foreach (IGrouping<int, WritableSegment> tier in segments
            .Where(segment => segment.LiveRows > 0 && segment.LiveRows <= manifest.SegmentRows / 2 && segment.Entry.Bytes <= manifest.SegmentBytes / 2)
            .GroupBy(segment => BitOperations.Log2((uint)segment.LiveRows) / BitOperations.Log2(Fanout)))
        {
            WritableSegment[] members = [.. tier];
            if (members.Length >= Fanout)
                return members;
        }

        return [];
    }
}
