using MedEmbed.Data.Pairs;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Triplets;

/// <summary>How a <see cref="TripletSource"/> reads.</summary>
public sealed record TripletSourceOptions : ReadOptions
{
    /// <summary>The defaults.</summary>
    public static new TripletSourceOptions Default { get; } = new();

    /// <summary>Which part of a folder is read: the qrels of that name, or the judged list. Default <c>train</c>. Files have no parts.</summary>
    public string Split
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    } = "train";

    /// <summary>The fields of a file that make pairs, and which of its lines are taken; null: the file has one of the forms of <see cref="TripletSourceForm"/>.</summary>
    public PairFields? Fields { get; init; }
}
