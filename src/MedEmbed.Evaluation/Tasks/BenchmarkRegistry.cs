namespace MedEmbed.Evaluation.Tasks;

/// <summary>The benchmarks that can be named: the five of the MedEmbed table.</summary>
/// <remarks>
/// Id and revision are those of MTEB's task definitions (<c>mteb/tasks/retrieval</c>, unchanged from MTEB 2.0 to 2.26), the statistics those of its
/// <c>descriptive_stats/Retrieval</c>. PublicHealthQA's definition names the branch <c>main</c>, which has stood at commit 3b67b6b since 2024
/// (doi:10.57967/hf/2247); a download records the commit it got.
/// Of the registered copies NFCorpus and PublicHealthQA have these statistics; ArguAna, rebuilt from its source, is 54 characters of 8.9 million longer.
/// </remarks>
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
            Official = new BenchmarkStatistics(Documents: 8_674, DocumentCharacters: 8_930_264, Queries: 1_406, QueryCharacters: 1_676_965, Relevant: 1_406),
            Revision = "c22ab2a51041ffd869aaddef7af8d8215647e41a",
            Licence = "CC BY-SA 4.0 by MTEB; its source names none",
            TestHash = "60a5ad646a1941f620401ff3898ca44df01b3c39aff8b3adca653782a1e90c27",
            IgnoreIdenticalIds = true,
        },
        new()
        {
            Name = "MedicalQARetrieval",
            Folder = "medicalqa",
            HubId = "mteb/medical_qa",
            Official = new BenchmarkStatistics(Documents: 2_048, DocumentCharacters: 2_362_326, Queries: 2_048, QueryCharacters: 107_478, Relevant: 2_048),
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
            Official = new BenchmarkStatistics(Documents: 3_633, DocumentCharacters: 5_779_318, Queries: 323, QueryCharacters: 7_030, Relevant: 12_334),
            Revision = "ec0fa4fe99da2ff19ca1214b7966684033a58814",
            Licence = "academic use",
            TestHash = "32c85ddcb2b5b2bd0fc20cd42d09dd6a83be4e0d7be0138177e230c08dccec9a",
        },
        new()
        {
            Name = "PublicHealthQA",
            Folder = "publichealthqa",
            HubId = "xhluca/publichealth-qa",
            Official = new BenchmarkStatistics(Documents: 172, DocumentCharacters: 137_445, Queries: 172, QueryCharacters: 12_347, Relevant: 172),
            Revision = "main",
            Licence = "CC BY-NC-SA 3.0",
            TestHash = "3ab5abd6b12e01e18faf6852c0d768370a8d448c66af47e2bf1a9645987627b1",
            Form = DatasetForm.QuestionsAndAnswers,
            Subset = "english",
        },
        new()
        {
            Name = "TRECCOVID",
            Folder = "trec-covid",
            HubId = "mteb/trec-covid",
            Official = new BenchmarkStatistics(Documents: 171_332, DocumentCharacters: 191_463_070, Queries: 50, QueryCharacters: 3_462, Relevant: 24_675),
            Revision = "bb9466bac8153a0349341eb1b22e06409e78ef4e",
            Licence = "CORD-19 and NLM terms",
            TestHash = "ff816ddf18612d321a0a48e2fc843830610b2635be7ded3bcbf8546808d0d069",
            Note = "slice of 10,083 documents; not comparable with published scores",
        },
    ];

    /// <summary>The benchmark of that name, in any case; null where there is none.</summary>
    public static Benchmark? Find(string name) => All.FirstOrDefault(benchmark => string.Equals(benchmark.Name, name, StringComparison.OrdinalIgnoreCase));
}
