using CsCheck;
using MedEmbed.Data;
using MedEmbed.Evaluation.Tasks.Downloads;

namespace MedEmbed.Evaluation.Tests.Tasks.Downloads;

public class CsvReaderTests
{
    private static readonly Gen<string> Fields = Gen.String[Gen.Char["aé ,\"\r\n\t"], 0, 8];

    [Fact]
    public void WhatIsWrittenByTheRulesIsReadBack() =>
        Gen.Select(Fields.Array[2, 4].Array[1, 6], Gen.Bool).Sample((records, carriageReturn) =>
        {
            string text = string.Join(carriageReturn ? "\r\n" : "\n", records.Select(record => string.Join(',', record.Select(HubBenchmarks.Field))));
            Assert.Equal(records, Read(text).Select(record => record.ToArray()));
        });

    [Theory]
    [InlineData("a,b\n\"x,y\n\"\"z", "f.csv:2: ")]
    [InlineData("a,b\n\"x\"y,z\n", "f.csv:2: ")]
    public void AnOpenQuoteAndTextBehindAQuoteAreTold(string text, string place) =>
        Assert.StartsWith(place, Assert.Throws<DataFormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static List<IReadOnlyList<string>> Read(string text)
    {
        CsvReader reader = new(new StringReader(text), "f.csv");
        List<IReadOnlyList<string>> records = [];
        while (reader.TryRead(out IReadOnlyList<string>? fields))
            records.Add(fields);
        return records;
    }
}
