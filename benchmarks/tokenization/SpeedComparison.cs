using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using WordPieceTokenizer = MedEmbed.Tokenization.WordPieceTokenizer;

namespace MedEmbed.Benchmarks.Tokenization;

/// <summary>Times all contenders in turn, several rounds in one run, and compares their ids.</summary>
internal static partial class SpeedComparison
{
    private const int Rounds = 7;

    public static async Task<int> RunAsync(string here, string folder, string corpus)
    {
        string[] documents = Documents.Read(corpus);
        string file = Path.Combine(Path.GetTempPath(), $"medembed-tokenization-{Environment.ProcessId}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(documents));
        try
        {
            using ReferenceProcess oneThread = new(here, threads: 1), allThreads = new(here, threads: null);
            foreach (ReferenceProcess process in (ReferenceProcess[])[oneThread, allThreads])
            {
                await process.AskAsync(new { tokenizer = Path.Combine(folder, "tokenizer.json") });
                await process.AskAsync(new { documents = file });
            }

            WordPieceTokenizer ours = WordPieceTokenizer.Load(folder);
            BertTokenizer microsoft = LoadMicrosoft(folder);
            int[][] ids = [.. documents.Select(text => ours.Encode(text))];
            int sameAsPeer = CountEqual(ids, (await oneThread.AskAsync(new { ids = true })).GetProperty("ids"));
            int sameAsMicrosoft = ids.Zip(documents).Count(pair => microsoft.EncodeToIds(pair.Second).SequenceEqual(pair.First));
            Console.Error.WriteLine($"{documents.Length} documents; ids equal: @anush008/tokenizers {sameAsPeer}, Microsoft.ML.Tokenizers {sameAsMicrosoft}");

            int all = Environment.ProcessorCount;
            List<Contender> contenders =
            [
                new("MedEmbed", 1, () => Timed(() => Sequentially(documents, text => ours.Encode(text).Length))),
                new("@anush008/tokenizers encode", 1, () => Ask(oneThread, "encode", "seconds")),
                new("@anush008/tokenizers encodeBatch", 1, () => Ask(oneThread, "encodeBatch", "seconds")),
                new("@anush008/tokenizers encodeBatch, ids never read", 1, () => Ask(oneThread, "encodeBatch", "encode_seconds")),
                new("Microsoft.ML.Tokenizers", 1, () => Timed(() => Sequentially(documents, text => microsoft.EncodeToIds(text).Count))),
                new("MedEmbed", all, () => Timed(() => InParallel(documents, text => ours.Encode(text).Length))),
                new("@anush008/tokenizers encodeBatch", all, () => Ask(allThreads, "encodeBatch", "seconds")),
                new("@anush008/tokenizers encodeBatch, ids never read", all, () => Ask(allThreads, "encodeBatch", "encode_seconds")),
                new("Microsoft.ML.Tokenizers", all, () => Timed(() => InParallel(documents, text => microsoft.EncodeToIds(text).Count))),
            ];
            for (int round = -2; round < Rounds; round++)
            {
                foreach (Contender contender in contenders)
                {
                    double seconds = await contender.RunAsync();
                    if (round >= 0)
                        contender.Seconds.Add(seconds);
                }
            }

            Report report = new(contenders, documents.Length, ids.Sum(row => (long)row.Length), sameAsPeer, sameAsMicrosoft);
            report.Write(here);
            Console.WriteLine(report.Markdown());
            return sameAsPeer == documents.Length ? 0 : 1;
        }
        finally
        {
            File.Delete(file);
        }
    }

    // The library's own pre-tokeniser drops ASCII symbols; with this one its ids are right on plain text.
    private static BertTokenizer LoadMicrosoft(string folder) =>
        BertTokenizer.Create(
            Path.Combine(folder, "vocab.txt"),
            new BertOptions { PreTokenizer = new RegexPreTokenizer(WordOrPunctuation(), null), RemoveNonSpacingMarks = true });

    [GeneratedRegex(@"[!-/:-@\[-`{-~\p{P}]|[^\s!-/:-@\[-`{-~\p{P}]+")]
    private static partial Regex WordOrPunctuation();

    private static int CountEqual(int[][] ours, JsonElement theirs) =>
        ours.Zip(theirs.EnumerateArray()).Count(pair => pair.First.SequenceEqual(pair.Second.EnumerateArray().Select(id => id.GetInt32())));

    private static async Task<double> Ask(ReferenceProcess process, string time, string field) =>
        (await process.AskAsync(new { time })).GetProperty(field).GetDouble();

    private static Task<double> Timed(Func<long> tokenize)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        tokenize();
        return Task.FromResult(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static long Sequentially(string[] documents, Func<string, int> tokenize)
    {
        long tokens = 0;
        foreach (string document in documents)
            tokens += tokenize(document);
        return tokens;
    }

    private static long InParallel(string[] documents, Func<string, int> tokenize)
    {
        long tokens = 0;
        Parallel.ForEach(documents, () => 0L, (document, _, sum) => sum + tokenize(document), sum => Interlocked.Add(ref tokens, sum));
        return tokens;
    }
}
