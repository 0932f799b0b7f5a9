using CsCheck;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Data.Tests.Records;

public sealed class RoundTripTests
{
    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.parquet")]
    public void PairsReadBackAsTheyWereWritten(string name) =>
        RecordFiles.Pair.Array[0, 12].Sample(
            pairs =>
            {
                using TemporaryFolder folder = new();
                string path = RecordFiles.WriteAsync(PairFile.OpenWriter(folder.File(name)), folder.File(name), pairs).GetAwaiter().GetResult();
                Assert.Equal(pairs, PairFile.Read(path).ReadAllAsync().GetAwaiter().GetResult());
            },
            iter: 40);

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.parquet")]
    public void TripletsReadBackAsTheyWereWritten(string name) =>
        RecordFiles.Triplet.Array[0, 12].Sample(
            triplets =>
            {
                using TemporaryFolder folder = new();
                string path = RecordFiles.WriteAsync(TripletFile.OpenWriter(folder.File(name)), folder.File(name), triplets).GetAwaiter().GetResult();
                Assert.Equal(triplets.Select(RecordFiles.Content), TripletFile.Read(path).ReadAllAsync().GetAwaiter().GetResult().Select(RecordFiles.Content));
            },
            iter: 40);
}
