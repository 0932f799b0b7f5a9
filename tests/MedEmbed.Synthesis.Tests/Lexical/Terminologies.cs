using MedEmbed.Data.Pairs;

namespace MedEmbed.Synthesis.Tests.Lexical;

/// <summary>Small terminologies as files, and the pairs that come of them.</summary>
internal static class Terminologies
{
    public static readonly string[] Ontology =
    [
        """{"id":"DOID:1","name":"gout","synonyms":[{"text":"podagra ","type":"EXACT"},{"text":"Gout NOS (disorder)","type":"EXACT"},{"text":"uric arthritis","type":"RELATED"},{"text":"toe gout [Ambiguous]","type":"EXACT"}],"definition":"A purine disease that results_in urate [NCBITaxon:7] in  joints .","parents":["DOID:9","DOID:8"],"xrefs":["ICD10CM:M10","ICD10CM:M10.9","SNOMEDCT_US_2015_03_01:90560007","KEGG:05","MESH:D006073","MESH:6073","NCI:C34650"]}""",
        """{"id":"DOID:2","name":"calcium gout","synonyms":[],"definition":"","parents":["DOID:9"],"xrefs":["ICD10CM:M10"]}""",
        """{"id":"DOID:3","name":"obsolete gout","synonyms":[],"definition":"Gone.","parents":[],"xrefs":[]}""",
    ];

    public static readonly string[] Mesh = ["mesh_id\tmesh_name", "D006073\tGout", "D000003\tAir", "D000004\tAbattoirs"];

    public static readonly string[] Abbreviations =
    [
        """{"abbreviation":"AA","expansion":"alopecia areata"}""", """{"abbreviation":"AA","expansion":"amino acid"}""", """{"abbreviation":"AA","expansion":"Amino Acid"}""", """{"abbreviation":"K","expansion":"potassium"}""",
    ];

    public static readonly string[] Foci =
    [
        """{"focus":"Gout","group":"Disorders","synonyms":["Podagra","Gouty arthritis","Arthritis - gouty"]}""",
        """{"focus":"Air leak","group":"","synonyms":[]}""",
    ];

    public static string WriteAll(TemporaryFolder folder)
    {
        string path = Directory.CreateDirectory(folder.File("terms")).FullName;
        File.WriteAllLines(Path.Combine(path, "a_names.tsv"), Mesh);
        File.WriteAllLines(Path.Combine(path, "abbr.jsonl"), Abbreviations);
        File.WriteAllLines(Path.Combine(path, "disease_ontology.v1.jsonl"), Ontology);
        File.WriteAllLines(Path.Combine(path, "foci.ndjson"), Foci);
        File.WriteAllText(Path.Combine(path, "README.md"), "id\tname");
        File.WriteAllText(Path.Combine(path, "other.jsonl"), "{\"text\":\"no terminology\"}\n");
        return path;
    }

    public static async Task<List<QueryPassagePair>> ReadPairsAsync(string output)
    {
        List<QueryPassagePair> pairs = [];
        await foreach (QueryPassagePair pair in PairFile.Read(Path.Combine(output, "pairs.jsonl")).ReadAsync(TestContext.Current.CancellationToken))
            pairs.Add(pair);
        return pairs;
    }
}
