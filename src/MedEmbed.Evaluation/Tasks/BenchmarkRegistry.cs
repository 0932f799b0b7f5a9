namespace MedEmbed.Evaluation.Tasks;

/// <summary>The benchmarks that can be named: the five of the MedEmbed table.</summary>
public static class BenchmarkRegistry
{
    /// <summary>Every registered benchmark, by name.</summary>
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new()
        {
            Name = "ArguAna",
            Folder = "arguana",
            HubId = "mteb/arguana",
            Revision = "c22ab2a51041ffd869aaddef7af8d8215647e41a",
            Licence = "unstated",
            TestHash = "60a5ad646a1941f620401ff3898ca44df01b3c39aff8b3adca653782a1e90c27",
            IgnoreIdenticalIds = true,
        },
        new()
        {
            Name = "MedicalQARetrieval",
            Folder = "medicalqa",
            HubId = "mteb/medical_qa",
            Revision = "ae763399273d8b20506b80cf6f6f9a31a6a2b238",
            Licence = "CC BY 4.0 (MedQuAD; the hub's card says CC0)",
            TestHash = "0ce286cdce6c966ce6c2a014bba928a1cc6ece30b9decec770b28fded7d315ce",
            Note = "reconstructed",
        },
        new()
        {
            Name = "NFCorpus",
            Folder = "nfcorpus",
            HubId = "mteb/nfcorpus",
            Revision = "ec0fa4fe99da2ff19ca1214b7966684033a58814",
            Licence = "academic use",
            TestHash = "32c85ddcb2b5b2bd0fc20cd42d09dd6a83be4e0d7be0138177e230c08dccec9a",
        },
        new()
        {
            Name = "PublicHealthQA",
            Folder = "publichealthqa",
            HubId = "xhluca/publichealth-qa",
            Revision = "main",
            Licence = "CC BY-NC-SA 3.0",
            TestHash = "3ab5abd6b12e01e18faf6852c0d768370a8d448c66af47e2bf1a9645987627b1",
            Subset = "english",
        },
        new()
        {
            Name = "TRECCOVID",
            Folder = "trec-covid",
            HubId = "mteb/trec-covid",
            Revision = "bb9466bac8153a0349341eb1b22e06409e78ef4e",
            Licence = "CORD-19 and NLM terms",
            TestHash = "ff816ddf18612d321a0a48e2fc843830610b2635be7ded3bcbf8546808d0d069",
            Note = "slice of 10,083 documents; not comparable with published scores",
        },
    ];

    /// <summary>The benchmark of that name, in any case; null where there is none.</summary>
    public static Benchmark? Find(string name) => All.FirstOrDefault(benchmark => string.Equals(benchmark.Name, name, StringComparison.OrdinalIgnoreCase));
}
