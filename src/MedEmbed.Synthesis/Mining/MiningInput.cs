using MedEmbed.Data.Pairs;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Records;
using MedEmbed.Data.Texts;

namespace MedEmbed.Synthesis.Mining;

/// <summary>The files to mine. Read several times, so neither may be a pipe.</summary>
/// <param name="Pairs">The pairs (see <see cref="PairFile"/>).</param>
/// <param name="Corpus">The corpus (see <see cref="DocumentReader"/>); null: the pairs' distinct positives.</param>
public sealed record MiningInput(string Pairs, string? Corpus = null)
{
    internal RecordReader<QueryPassagePair> ReadPairs(MiningOptions options) => PairFile.Read(Pairs, new ReadOptions { SkipBadLines = options.SkipBadLines });

    internal DocumentReader ReadCorpus(MiningOptions options) => new(Corpus!, new DocumentReadOptions { SkipBadLines = options.SkipBadLines });
}
