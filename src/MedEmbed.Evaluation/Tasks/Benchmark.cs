namespace MedEmbed.Evaluation.Tasks;

/// <summary>A public benchmark as MTEB 2.26 has it, and the copy of it that this toolkit's numbers were taken on.</summary>
public sealed record Benchmark
{
    /// <summary>The split that every registered benchmark is evaluated on.</summary>
    public const string TestSplit = "test";

    /// <summary>MTEB's name of the task.</summary>
    public required string Name { get; init; }

    /// <summary>The BEIR folder's name below the data folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The data set's id on the hub.</summary>
    public required string HubId { get; init; }

    /// <summary>The data set's revision, as MTEB names it.</summary>
    public required string Revision { get; init; }

    /// <summary>The data set's licence; <c>unstated</c> where its source names none.</summary>
    public required string Licence { get; init; }

    /// <summary><see cref="RetrievalData.Hash"/> of the test split of the copy that the toolkit's own results come from.</summary>
    public required string TestHash { get; init; }

    /// <summary>What MTEB states of the test split of the official data.</summary>
    public required BenchmarkStatistics Official { get; init; }

    /// <summary>The form in which the hub holds the data.</summary>
    public DatasetForm Form { get; init; }

    /// <summary>MTEB's name of the part of the data that is evaluated: <c>default</c>, or a language.</summary>
    public string Subset { get; init; } = "default";

    /// <summary>What must stand beside every number of the registered copy; null where it is the official data.</summary>
    public string? Note { get; init; }

    /// <summary>Whether documents with the query's own id are removed after the top 1,000 and before metrics, as MTEB does for ArguAna.</summary>
    public bool IgnoreIdenticalIds { get; init; }

    /// <summary>How to get the data, for an error that says it is missing.</summary>
    public string HowToGet =>
        $"Pass --download to get it from the hub, or put corpus.jsonl, queries.jsonl and qrels/test.tsv (BEIR's layout) into a folder {Folder} below --data; the source is the hub's data set {HubId}, revision {Revision} (licence {Licence}).";

    /// <summary>How <paramref name="data"/>, a test split, stands to the official data.</summary>
    public DataAgreement AgreementOf(RetrievalData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Hash == TestHash)
            return DataAgreement.RegisteredCopy;
        return BenchmarkStatistics.Of(data) == Official ? DataAgreement.OfficialStatistics : DataAgreement.Different;
    }
}
