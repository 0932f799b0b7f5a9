namespace MedEmbed.Data.Triplets;

/// <summary>What triplets are made from.</summary>
public enum TripletSourceForm
{
    /// <summary>A file of triplets, taken as it is.</summary>
    Triplets,

    /// <summary>A file of pairs: each is a triplet with one positive and no negatives; its note is the group.</summary>
    Pairs,

    /// <summary>A judged list: the passages of a query graded 2 or higher are its positives, the others its negatives, the grades their scores.</summary>
    JudgedList,

    /// <summary>A BEIR folder: each query with each document graded 1 or higher, without negatives.</summary>
    Beir,
}
