using CsCheck;
using MedEmbed.Synthesis.Completions;

namespace MedEmbed.Synthesis.Tests.Completions;

public sealed class CompletionStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("c.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatWasAddedIsFoundAfterReopening()
    {
        Completion completion = new("a \"text\"\nwith ünïcödé 😀", "stop", null, "m", 3, 4);
        using (CompletionStore store = CompletionStore.Open(File))
            store.Add("k1", "n1", completion);
        using CompletionStore again = CompletionStore.Open(File);
        Assert.Equal(completion, again.Find("k1"));
        Assert.Null(again.Find("k2"));
    }

    [Fact]
    public void AKeyIsStoredOnce()
    {
        using CompletionStore store = CompletionStore.Open(File);
        store.Add("k", "n", Text("first"));
        store.Add("k", "n", Text("second"));
        Assert.Equal("first", store.Find("k")!.Text);
        Assert.Equal(1, store.Count);
    }

    [Fact]
    public void AFileCutAnywhereKeepsItsWholeLinesAndGrowsOn()
    {
        using (CompletionStore store = CompletionStore.Open(File))
        {
            for (int i = 0; i < 5; i++)
                store.Add(FormattableString.Invariant($"k{i}"), "n", Text(new string('x', i * 40)));
        }

        byte[] whole = System.IO.File.ReadAllBytes(File);
        Gen.Int[0, whole.Length].Sample(length =>
        {
            string cut = _folder.File("cut.jsonl");
            System.IO.File.WriteAllBytes(cut, whole[..length]);
            int lines = whole.AsSpan(0, length).Count((byte)'\n');
            using (CompletionStore store = CompletionStore.Open(cut))
            {
                Assert.Equal(lines, store.Count);
                store.Add("new", "n", Text("new"));
            }

            using CompletionStore again = CompletionStore.Open(cut);
            Assert.Equal(lines + 1, again.Count);
            Assert.Equal("new", again.Find("new")!.Text);
            for (int i = 0; i < lines; i++)
                Assert.Equal(i * 40, again.Find(FormattableString.Invariant($"k{i}"))!.Text.Length);
        }, iter: 200, threads: 1);
    }

    [Fact]
    public void ManyAndLongCompletionsSurvive()
    {
        using (CompletionStore store = CompletionStore.Open(File))
            Parallel.For(0, 50, i => store.Add(FormattableString.Invariant($"k{i}"), "n", Text(new string((char)('a' + i % 26), i * 5000))));
        using CompletionStore again = CompletionStore.Open(File);
        Assert.Equal(50, again.Count);
        for (int i = 0; i < 50; i++)
            Assert.Equal(i * 5000, again.Find(FormattableString.Invariant($"k{i}"))!.Text.Length);
    }

    [Fact]
    public void DamageBeforeOtherLinesIsNamed()
    {
        using (CompletionStore store = CompletionStore.Open(File))
        {
            store.Add("k1", "n", Text("a"));
            store.Add("k2", "n", Text("b"));
        }

        string[] lines = System.IO.File.ReadAllLines(File);
        System.IO.File.WriteAllText(File, $"{lines[0]}\nrubbish\n{lines[1]}\n");
        SynthesisFormatException error = Assert.Throws<SynthesisFormatException>(() => CompletionStore.Open(File));
        Assert.Contains("c.jsonl:2: is no stored completion", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASecondHolderIsRefused()
    {
        using CompletionStore store = CompletionStore.Open(File);
        Assert.ThrowsAny<IOException>(() => CompletionStore.Open(File));
    }

    private static Completion Text(string text) => new(text, "stop", null, null, 0, 0);
}
