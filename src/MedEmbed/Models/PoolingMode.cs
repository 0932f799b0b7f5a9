namespace MedEmbed.Models;

/// <summary>Ways to make one vector of a text's token vectors, as sentence-transformers defines them.</summary>
public enum PoolingMode
{
    /// <summary>The first token's vector.</summary>
    Cls,

    /// <summary>The largest value of each dimension.</summary>
    Max,

    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The sum divided by the square root of the number of tokens.</summary>
    MeanSqrtLength,

    /// <summary>The mean weighted by position, counted from 1.</summary>
    WeightedMean,

    /// <summary>The last token's vector.</summary>
    LastToken,
}
