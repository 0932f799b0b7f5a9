using MedEmbed.Retrieval.Flat.Storage;

namespace MedEmbed.Retrieval.Tests.Flat;

public sealed class SegmentHeaderTests
{
    [Fact]
    public void OffsetsBeyondFourGigabytesComeBack()
    {
        const long Rows = 4_000_000;
        long vectors = Rows * RowLayout.F32Bytes(384);
        SegmentHeader header = new(SegmentHeader.Bytes + vectors + 64, Rows, 384,
        [
            new SegmentSection(SectionKind.F32Vectors, RowLayout.F32Bytes(384), SegmentHeader.Bytes, vectors, UInt128.MaxValue),
            new SegmentSection(SectionKind.Ids, 0, SegmentHeader.Bytes + vectors, 64, 1),
        ]);
        Assert.True(vectors > 1L << 32);
        byte[] bytes = new byte[SegmentHeader.Bytes];
        header.Write(bytes);
        SegmentHeader read = SegmentHeader.Read("file", bytes);
        Assert.Equal(header.Sections, read.Sections);
        Assert.Equal((header.FileLength, header.Rows, header.Dimensions), (read.FileLength, read.Rows, read.Dimensions));
    }

    [Fact]
    public unsafe void BytesBeyondFourGigabytesAreMapped()
    {
        using TemporaryFolder temporary = new();
        const long Length = (5L << 30) + 8;
        using (FileStream sparse = new(temporary.File("sparse"), FileMode.CreateNew))
        {
            sparse.Position = Length - 8;
            sparse.Write("the end."u8);
        }

        using MappedFile file = MappedFile.Open(temporary.File("sparse"), Length);
        Assert.True(file.Span(Length - 8, 8).SequenceEqual("the end."u8));
        Assert.Equal((byte)'t', file.Start[Length - 8]);
        Assert.Throws<IndexFormatException>(() => file.Span(Length - 7, 8));
        Assert.Throws<IndexFormatException>(() => file.Span(-1, 1));
        Assert.Throws<IndexFormatException>(() => file.Span(long.MaxValue, 1));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(SegmentHeader.Bytes + 64, 1L << 62)]
    [InlineData(SegmentHeader.Bytes + 1, 64)]
    [InlineData(SegmentHeader.Bytes, -1)]
    public void ASectionThatDoesNotFitTheFileIsRefused(long offset, long length)
    {
        byte[] bytes = new byte[SegmentHeader.Bytes];
        new SegmentHeader(1 << 20, 10, 4, [new SegmentSection(SectionKind.Documents, 0, offset, length, 0)]).Write(bytes);
        Assert.Contains("Documents", Assert.Throws<IndexFormatException>(() => SegmentHeader.Read("file", bytes)).Message, StringComparison.Ordinal);
    }
}
