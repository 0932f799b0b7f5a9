using CsCheck;
using MedEmbed.Safetensors;

namespace MedEmbed.Tests.Safetensors;

public sealed class DamagedFileTests : IDisposable
{
    private const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0UL, "not JSON")]
    [InlineData(53UL, "not JSON")]
    [InlineData(54UL + 9, "only 62 follow")]
    [InlineData(100_000_001UL, "at most 100000000")]
    [InlineData(0x8000_0000_0000_0000UL, "at most 100000000")]
    [InlineData(ulong.MaxValue, "at most 100000000")]
    public void AHeaderLengthThatLiesIsRefused(ulong length, string expected) =>
        AssertRefused(RawSafetensors.Of(Good, 8, length), expected);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}")]
    [InlineData("{\"a\":{\"dtype\":1,\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[9223372036854775800,9223372036854775807]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}")]
    [InlineData("{\"__metadata__\":[],\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"__metadata__\":{\"n\":1},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"\\ud800\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void AHeaderThatContradictsItselfOrTheFileIsRefused(string header) =>
        AssertRefused(RawSafetensors.Of(header, 8), "");

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(40)]
    [InlineData(69)]
    public void ATruncatedFileIsRefused(int length) =>
        AssertRefused(RawSafetensors.Of(Good, 8)[..length], "");

    [Fact]
    public void BytesBehindTheLastTensorAreRefused() =>
        AssertRefused(RawSafetensors.Of(Good, 9), "1 bytes after its last tensor");

    [Fact]
    public void AnUnknownNumberFormatIsAnErrorOnlyWhereItIsRead()
    {
        // No array could hold the shape that is claimed: it must not be asked for either.
        using var file = Open("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F4","shape":[9223372036854775807,9],"data_offsets":[4,8]}}""", 8);
        Assert.Equal([0f], file.Read("a"));
        var error = Assert.Throws<ModelFormatException>(() => file.Read("b"));
        Assert.Contains("\"b\" as F4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WholeNumbersAreAnErrorOnlyWhereTheyAreRead()
    {
        using var file = Open("""{"embeddings.position_ids":{"dtype":"I64","shape":[1,1],"data_offsets":[0,8]}}""", 8);
        Assert.Throws<ModelFormatException>(() => file.Read("embeddings.position_ids"));
        Assert.Throws<ModelFormatException>(() => file.Read("embeddings.position_ids", new float[1]));
    }

    [Fact]
    public void AMissingTensorIsNamedWithItsFile()
    {
        using var file = Open(Good, 8);
        var error = Assert.Throws<ModelFormatException>(() => file.Read("absent"));
        Assert.Contains("\"absent\"", error.Message, StringComparison.Ordinal);
        Assert.Equal(file.Path, error.File);
        Assert.Throws<ArgumentException>(() => file.Read("a", new float[3]));
    }

    [Fact]
    public void ADisposedFileReadsNothing()
    {
        var file = Open(Good, 8);
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Read("a"));
    }

    [Fact]
    public void AFileWithoutTensorsIsAFile()
    {
        using var file = Open("{}", 0);
        Assert.Empty(file.Tensors);
    }

    [Fact]
    public void AnyMutationOfAFileIsAGoodFileOrAFormatError()
    {
        string path = _folder.File("good");
        SafetensorsWriter.Write(path, [new TensorData("weight", TensorType.F16, [3, 2], new float[6]), new TensorData("bias", TensorType.F32, [2], new float[2])]);
        byte[] good = File.ReadAllBytes(path);
        var mutations = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 4];
        mutations.Sample(
            edits =>
            {
                byte[] bytes = edits.Aggregate(good, Mutated);
                File.WriteAllBytes(path, bytes);
                try
                {
                    using var file = SafetensorsFile.Open(path);
                    foreach (string name in file.Tensors.Keys)
                        ReadOrRefuse(file, name);
                }
                catch (ModelFormatException)
                {
                    // Any other exception fails the test, and a crash ends it.
                }
            },
            iter: 1000,
            threads: 1);
    }

    private static byte[] Mutated(byte[] bytes, (int Place, byte Value, int Kind) edit)
    {
        int place = Math.Min(edit.Place, Math.Max(bytes.Length - 1, 0));
        return edit.Kind switch
        {
            0 => bytes[..place],
            1 => [.. bytes[..place], edit.Value, .. bytes[place..]],
            2 => [.. bytes[..place], .. bytes[Math.Min(place + 1, bytes.Length)..]],
            _ => [.. bytes[..place], edit.Value, .. bytes[Math.Min(place + 1, bytes.Length)..]],
        };
    }

    private static void ReadOrRefuse(SafetensorsFile file, string name)
    {
        try
        {
            Assert.Equal(file.Tensors[name].ElementCount, file.Read(name).LongLength);
        }
        catch (ModelFormatException)
        {
            // A mutated number format.
        }
    }

    private SafetensorsFile Open(string header, int dataBytes)
    {
        File.WriteAllBytes(_folder.File("f.safetensors"), RawSafetensors.Of(header, dataBytes));
        return SafetensorsFile.Open(_folder.File("f.safetensors"));
    }

    private void AssertRefused(byte[] bytes, string expected)
    {
        string path = _folder.File("damaged.safetensors");
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<ModelFormatException>(() => SafetensorsFile.Open(path).Dispose());
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
