using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Libtorch;

/// <summary>Operations of tensors with numbers.</summary>
/// <remarks>TorchSharp hands libtorch the address of a <see cref="Scalar"/> whose finalizer frees it. Where a number is converted on the way, or an operation has a number by default
/// (<c>add</c>'s factor of 1), nothing refers to that object any more while libtorch reads it, and a garbage collection at that moment gives it another number, or an error.
/// Here every number lives until libtorch has returned; BannedSymbols.txt keeps the other ways out of the code.</remarks>
internal static class TensorArithmetic
{
    public static Tensor Plus(this Tensor left, Tensor right)
    {
        using Scalar factor = 1.ToScalar();
        return left.add(right, factor);
    }

    public static Tensor Plus(this Tensor left, double right)
    {
        using Scalar number = right.ToScalar(), factor = 1.ToScalar();
        return left.add(number, factor);
    }

    public static Tensor Times(this Tensor left, double right)
    {
        using Scalar number = right.ToScalar();
        return left.mul(number);
    }

    public static Tensor DividedBy(this Tensor left, double right)
    {
        using Scalar number = right.ToScalar();
        return left.div(number);
    }

    public static Tensor ToThePower(this Tensor values, double exponent)
    {
        using Scalar number = exponent.ToScalar();
        return values.pow(number);
    }

    public static Tensor AtLeast(this Tensor values, double least)
    {
        using Scalar number = least.ToScalar();
        return values.clamp_min(number);
    }

    /// <summary>The values, and <paramref name="value"/> where <paramref name="mask"/> (bool) is true.</summary>
    public static Tensor Masked(this Tensor values, Tensor mask, double value)
    {
        using Scalar number = value.ToScalar();
        return values.masked_fill(mask, number);
    }

    /// <summary><see cref="Masked"/> in place.</summary>
    public static Tensor MaskInPlace(this Tensor values, Tensor mask, double value)
    {
        using Scalar number = value.ToScalar();
        return values.masked_fill_(mask, number);
    }

    public static Tensor FillInPlace(this Tensor values, double value)
    {
        using Scalar number = value.ToScalar();
        return values.fill_(number);
    }

    /// <summary>Adds <paramref name="factor"/> times <paramref name="addend"/>.</summary>
    public static Tensor AddInPlace(this Tensor sum, Tensor addend, double factor = 1)
    {
        using Scalar number = factor.ToScalar();
        return sum.add_(addend, number);
    }

    public static Tensor AddInPlace(this Tensor sum, double addend)
    {
        using Scalar number = addend.ToScalar(), factor = 1.ToScalar();
        return sum.add_(number, factor);
    }

    public static Tensor MultiplyInPlace(this Tensor product, double factor)
    {
        using Scalar number = factor.ToScalar();
        return product.mul_(number);
    }

    public static Tensor DivideInPlace(this Tensor quotient, double divisor)
    {
        using Scalar number = divisor.ToScalar();
        return quotient.div_(number);
    }

    /// <summary>Adds factor · left · right, element by element.</summary>
    public static Tensor AddProductInPlace(this Tensor sum, Tensor left, Tensor right, double factor)
    {
        using Scalar number = factor.ToScalar();
        return sum.addcmul_(left, right, number);
    }

    /// <summary>Adds factor · dividend / divisor, element by element.</summary>
    public static Tensor AddQuotientInPlace(this Tensor sum, Tensor dividend, Tensor divisor, double factor)
    {
        using Scalar number = factor.ToScalar();
        return sum.addcdiv_(dividend, divisor, number);
    }

    /// <summary>The whole numbers from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    public static Tensor Range(long first, long end, ScalarType type, Device device)
    {
        using Scalar start = first.ToScalar(), stop = end.ToScalar(), step = 1L.ToScalar();
        return arange(start, stop, step, type, device);
    }
}
