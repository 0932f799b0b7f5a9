using MedEmbed.Training.Libtorch;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Libtorch;

public sealed class TensorArithmeticTests
{
    public static TheoryData<string> Operations() => [.. ByName.Keys];

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Compute, float[] Expected)> ByName = new()
    {
        [nameof(TensorArithmetic.Plus)] = (values => values.Plus(0.5), [1.5f, 4.5f]),
        ["Plus, a tensor"] = (values => values.Plus(values), [2, 8]),
        [nameof(TensorArithmetic.Times)] = (values => values.Times(3), [3, 12]),
        [nameof(TensorArithmetic.DividedBy)] = (values => values.DividedBy(4), [0.25f, 1]),
        [nameof(TensorArithmetic.ToThePower)] = (values => values.ToThePower(3), [1, 64]),
        [nameof(TensorArithmetic.AtLeast)] = (values => values.AtLeast(2), [2, 4]),
        [nameof(TensorArithmetic.Masked)] = (values => values.Masked(Second(), -1), [1, -1]),
        [nameof(TensorArithmetic.MaskInPlace)] = (values => values.MaskInPlace(Second(), -1), [1, -1]),
        [nameof(TensorArithmetic.FillInPlace)] = (values => values.FillInPlace(7), [7, 7]),
        [nameof(TensorArithmetic.AddInPlace)] = (values => values.AddInPlace(0.5), [1.5f, 4.5f]),
        ["AddInPlace, a tensor"] = (values => values.AddInPlace(Ones(), 2), [3, 6]),
        [nameof(TensorArithmetic.MultiplyInPlace)] = (values => values.MultiplyInPlace(3), [3, 12]),
        [nameof(TensorArithmetic.DivideInPlace)] = (values => values.DivideInPlace(4), [0.25f, 1]),
        [nameof(TensorArithmetic.AddProductInPlace)] = (values => values.AddProductInPlace(Ones(), Ones(), 2), [3, 6]),
        [nameof(TensorArithmetic.AddQuotientInPlace)] = (values => values.AddQuotientInPlace(Ones(), Ones(), 2), [3, 6]),
        [nameof(TensorArithmetic.Range)] = (_ => TensorArithmetic.Range(3, 5, ScalarType.Float32, CPU), [3, 4]),
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public void EachOperationIsWhatItsNameSays(string operation)
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(ByName[operation].Expected, ByName[operation].Compute(tensor([1f, 4f])).data<float>().ToArray());
    }

    /// <summary>With TorchSharp's own conversions of numbers some of these sums are wrong, or fail: a number is freed while libtorch reads it.</summary>
    [Fact]
    public void NumbersOutliveGarbageCollectionsInTheMiddleOfAnOperation()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor sum = zeros(1, ScalarType.Float32), one = ones(1, ScalarType.Float32);
        using var done = new CancellationTokenSource();
        var collecting = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collecting.Start();
        const int Additions = 300_000;
        try
        {
            for (int i = 0; i < Additions; i++)
                sum.AddInPlace(one);
        }
        finally
        {
            done.Cancel();
            collecting.Join();
        }

        Assert.Equal(Additions, sum.item<float>());
    }

    private static Tensor Ones() => ones(2, ScalarType.Float32);

    private static Tensor Second() => tensor([false, true]);
}
