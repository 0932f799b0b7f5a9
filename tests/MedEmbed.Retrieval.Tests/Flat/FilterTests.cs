using System.Text.Json;
using MedEmbed.Encoding;
using MedEmbed.Retrieval.Filtering;
using MedEmbed.Retrieval.Flat;

namespace MedEmbed.Retrieval.Tests.Flat;

public sealed class FilterTests
{
    [Theory]
    [InlineData("year=2015", true)]
    [InlineData("year=2015.0", true)]
    [InlineData("year=2016", false)]
    [InlineData("year!=2016", true)]
    [InlineData("year!=2015", false)]
    [InlineData("year>=2015", true)]
    [InlineData("year>2015", false)]
    [InlineData("year<2015.5", true)]
    [InlineData("year<=2014", false)]
    [InlineData("year=\"2015\"", false)]
    [InlineData("code=0042", true)]
    [InlineData("code=42", false)]
    [InlineData("code=\"0042\"", true)]
    [InlineData("source = PubMed ", true)]
    [InlineData("source=pubmed", false)]
    [InlineData("source>Pub", true)]
    [InlineData("reviewed=true", true)]
    [InlineData("reviewed=false", false)]
    [InlineData("reviewed!=false", true)]
    [InlineData("withdrawn=null", true)]
    [InlineData("mesh=Asthma", true)]
    [InlineData("mesh=7", true)]
    [InlineData("mesh=Gout", false)]
    [InlineData("mesh!=Gout", true)]
    [InlineData("mesh!=Asthma", false)]
    [InlineData("missing=1", false)]
    [InlineData("missing!=1", true)]
    [InlineData("inner=1", false)]
    [InlineData("name=心=2", true)]
    public void AnExpressionComparesATopLevelMember(string expression, bool matches)
    {
        const string Metadata =
            """{"nested":{"inner":1,"year":1},"mesh":["Asthma",["x"],{"a":1},7],"year":2015,"code":"0042","source":"PubMed","reviewed":true,"withdrawn":null,"name":"心=2"}""";
        Assert.Equal(matches, MetadataComparison.Parse(expression).Matches(System.Text.Encoding.UTF8.GetBytes(Metadata)));
    }

    [Theory]
    [InlineData("year")]
    [InlineData("=1")]
    [InlineData(" =1")]
    [InlineData("year!1")]
    [InlineData("name=\"open")]
    public void AMalformedExpressionIsRefused(string expression) =>
        Assert.Contains(expression, Assert.Throws<FormatException>(() => DocumentFilter.Parse(expression)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(StoredVectors.F32)]
    [InlineData(StoredVectors.Int8)]
    public void FilteredHitsAreTheBestAmongTheDocumentsThatMatch(StoredVectors vectors)
    {
        using TemporaryFolder temporary = new();
        EmbeddingMatrix rows = TestCorpus.Vectors(4, 600, 24), queries = TestCorpus.Vectors(4, 5, 24, part: 1);
        TestCorpus.Build(temporary.File("index"), TestCorpus.Options(24, vectors: vectors, segmentRows: 170), rows);
        using FlatIndex index = FlatIndex.Open(temporary.File("index"));
        SearchOptions byExpression = new() { Filter = DocumentFilter.Parse("year>=2020", "source=s3", "odd=true"), Oversampling = 1000 };
        SearchOptions byPredicate = byExpression with { Filter = DocumentFilter.Where(document => document.Metadata is { } metadata && Matches(metadata)) };
        SearchHit[][] batch = index.Search(queries, 8, byExpression);
        for (int query = 0; query < queries.Rows; query++)
        {
            SearchHit[] expected = [.. index.Search(queries[query], 600, new SearchOptions { Oversampling = 1000 })
                .Where(hit => index.Document(hit).Metadata is { } metadata && Matches(metadata)).Take(8)];
            Assert.NotEmpty(expected);
            Assert.Equal(expected, batch[query]);
            Assert.Equal(expected, index.Search(queries[query], 8, byPredicate));
        }
    }

    private static bool Matches(JsonElement metadata) =>
        metadata.GetProperty("year").GetInt32() >= 2020 && metadata.GetProperty("source").ValueEquals("s3") && metadata.GetProperty("odd").GetBoolean();
}
