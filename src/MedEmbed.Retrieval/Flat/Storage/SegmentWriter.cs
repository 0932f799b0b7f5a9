using System.IO.Hashing;
using System.Numerics.Tensors;
using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>Writes the live rows of a buffer as a segment file.</summary>
internal static class SegmentWriter
{
    /// <returns>The manifest's entry for the file.</returns>
    public static SegmentEntry Write(string folder, string fileName, SegmentBuffer buffer, IndexManifest manifest)
    {
        int[] rows = [.. Enumerable.Range(0, buffer.Rows).Where(row => !buffer.IsRemoved(row))];
        byte[] header = new byte[SegmentHeader.Bytes];
        long length = 0;
        DurableFile.Write(Path.Combine(folder, fileName), stream =>
        {
            stream.Write(header);
            SectionStream sections = new(stream);
            WriteVectors(sections, buffer, rows, manifest);
            WriteIds(sections, buffer, rows);
            WriteDocuments(sections, buffer, rows);
            length = stream.Position;
            new SegmentHeader(length, rows.Length, manifest.Dimensions, sections.Sections).Write(header);
            stream.Position = 0;
            stream.Write(header);
        });
        return new SegmentEntry { File = fileName, Bytes = length, Rows = rows.Length, Header = Segment.HeaderChecksum(header) };
    }

    private static void WriteVectors(SectionStream sections, SegmentBuffer buffer, int[] rows, IndexManifest manifest)
    {
        int dimensions = manifest.Dimensions;
        if (manifest.HasF32)
        {
            float[] padded = new float[RowLayout.F32Numbers(dimensions)];
            sections.Write(SectionKind.F32Vectors, RowLayout.F32Bytes(dimensions), section =>
            {
                foreach (int row in rows)
                {
                    buffer.Vector(row).CopyTo(padded);
                    section.Append<float>(padded);
                }
            });
        }

        if (manifest.HasInt8)
            WriteInt8(sections, buffer, rows, dimensions);

        if (manifest.HasBinary)
        {
            byte[] padded = new byte[RowLayout.BinaryBytes(dimensions)];
            sections.Write(SectionKind.BinaryVectors, padded.Length, section =>
            {
                foreach (int row in rows)
                {
                    BinaryQuantizer.Quantize(buffer.Vector(row), padded);
                    section.Append<byte>(padded);
                }
            });
        }
    }

    private static void WriteInt8(SectionStream sections, SegmentBuffer buffer, int[] rows, int dimensions)
    {
        Int8Quantizer ranges = RangesOf(buffer, rows);
        sections.Write(SectionKind.Int8Ranges, 0, section =>
        {
            section.Append(ranges.Minimum);
            section.Append(ranges.Step);
        });
        sbyte[] padded = new sbyte[RowLayout.Int8Bytes(dimensions)];
        sections.Write(SectionKind.Int8Vectors, padded.Length, section =>
        {
            foreach (int row in rows)
            {
                ranges.Quantize(buffer.Vector(row), padded.AsSpan(0, dimensions));
                section.Append<sbyte>(padded);
            }
        });
    }

    // A segment has the ranges of its own rows, so nothing is clamped and the order of a corpus does not matter.
    private static Int8Quantizer RangesOf(SegmentBuffer buffer, int[] rows)
    {
        float[] minimum = buffer.Vector(rows[0]).ToArray();
        float[] maximum = buffer.Vector(rows[0]).ToArray();
        foreach (int row in rows)
        {
            TensorPrimitives.Min(minimum, buffer.Vector(row), minimum);
            TensorPrimitives.Max(maximum, buffer.Vector(row), maximum);
        }

        return Int8Quantizer.OfRanges(minimum, maximum);
    }

    private static void WriteIds(SectionStream sections, SegmentBuffer buffer, int[] rows)
    {
        ulong[] hashes = new ulong[rows.Length];
        int[] hashRows = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            (hashes[i], hashRows[i]) = (XxHash3.HashToUInt64(buffer.IdUtf8(rows[i])), i);
        Array.Sort(hashes, hashRows);
        SortRowsOfEqualHashes(hashes, hashRows);
        sections.Write(SectionKind.IdHashes, sizeof(ulong), section => section.Append<ulong>(hashes));
        sections.Write(SectionKind.IdRows, sizeof(int), section => section.Append<int>(hashRows));
        sections.Write(SectionKind.IdOffsets, sizeof(long), section => AppendOffsets(section, rows, row => buffer.IdUtf8(row).Length));
        sections.Write(SectionKind.Ids, 0, section =>
        {
            foreach (int row in rows)
                section.Append(buffer.IdUtf8(row));
        });
    }

    private static void WriteDocuments(SectionStream sections, SegmentBuffer buffer, int[] rows)
    {
        sections.Write(SectionKind.DocumentOffsets, sizeof(long), section => AppendOffsets(section, rows, row => buffer.Record(row).Length));
        sections.Write(SectionKind.Documents, 0, section =>
        {
            foreach (int row in rows)
                section.Append(buffer.Record(row));
        });
    }

    private static void AppendOffsets(SectionStream section, int[] rows, Func<int, int> length)
    {
        long[] offsets = new long[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++)
            offsets[i + 1] = offsets[i] + length(rows[i]);
        section.Append<long>(offsets);
    }

    // Array.Sort is not stable; equal hashes are next to impossible but must not make two builds differ.
    private static void SortRowsOfEqualHashes(ulong[] hashes, int[] rows)
    {
        for (int start = 0, end; start < hashes.Length; start = end)
        {
            end = start + 1;
            while (end < hashes.Length && hashes[end] == hashes[start])
                end++;
            Array.Sort(rows, start, end - start);
        }
    }
}
