namespace MedEmbed.Evaluation.Metrics;

/// <summary>Queries in the order in which a confidence gives them up: the least confident first.</summary>
/// <remarks>Sorted once, and used for the nAUC of every metric.</remarks>
internal sealed class ConfidenceOrder
{
    private readonly int[] _order;
    private readonly double[] _sorted;

    /// <param name="confidences">A confidence a query; NaN, which infinite scores lead to, ranks as the most confident, as in NumPy.</param>
    public ConfidenceOrder(ReadOnlySpan<double> confidences)
    {
        _sorted = confidences.ToArray();
        _order = new int[_sorted.Length];
        for (int i = 0; i < _sorted.Length; i++)
        {
            _order[i] = i;
            if (double.IsNaN(_sorted[i]))
                _sorted[i] = double.PositiveInfinity;
        }

        _sorted.AsSpan().Sort(_order.AsSpan());
    }

    /// <summary>The metric in the order of confidence, where every query of a tied group has the group's mean.</summary>
    public void Arrange(ReadOnlySpan<double> metric, Span<double> arranged)
    {
        for (int start = 0, end; start < _order.Length; start = end)
        {
            double sum = 0;
            for (end = start; end < _order.Length && _sorted[end] == _sorted[start]; end++)
                sum += metric[_order[end]];
            arranged[start..end].Fill(sum / (end - start));
        }
    }
}
