using MedEmbed.Data;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Tests.Notes;

public sealed class NoteReaderTests : IDisposable
{
    private const string Article = """
        <?xml version="1.0"?>
        <!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "http://127.0.0.1:9/JATS.dtd">
        <article><front><journal-meta><journal-title>J Test</journal-title></journal-meta><article-meta>
        <article-id pub-id-type="pmid">11</article-id><article-id pub-id-type="pmc">PMC22</article-id>
        <title-group><article-title>Cough in <italic>adults</italic></article-title></title-group>
        <abstract><sec><title>Background</title><p>Cough is
           common &amp; tedious.</p></sec></abstract></article-meta></front>
        <body><sec><title>Methods</title><p>We asked <xref ref-type="bibr">1</xref> people.<table-wrap><label>Table 1</label></table-wrap></p>
        <list><list-item><p>One item.</p></list-item></list></sec></body>
        <back><ref-list><ref><p>Nobody</p></ref></ref-list></back></article>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FieldsAreMapped()
    {
        string file = Write("n.jsonl", """{"sample_id": 29, "transcription": "a", "name": "t", "info": {"x": 1}}""" + "\n" + """{"transcription": "b"}""");
        List<Note> notes = await ReadAsync(file, new NoteReadOptions { IdField = "sample_id", TextField = "transcription", TitleField = "name", MetadataField = "info" });
        Assert.Equal([("29", "t", "a"), ("1", null, "b")], notes.Select(note => (note.Id, note.Title, note.Text)));
        Assert.Equal(1, notes[0].Metadata!.Value.GetProperty("x").GetInt32());
    }

    [Fact]
    public async Task AMissingTextNamesLineAndField()
    {
        string file = Write("n.jsonl", """{"id": "a", "note": "x"}""");
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(file));
        Assert.Contains("n.jsonl:1: field \"text\" is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderIsReadInOrderOfItsPaths()
    {
        Directory.CreateDirectory(_folder.File("d/sub"));
        Write("d/b.txt", "second");
        Write("d/a.txt", "first");
        Write("d/sub/c.txt", "third");
        Write("d/ignored.pdf", "x");
        Write("d/z.nxml", Article);
        List<Note> notes = await ReadAsync(_folder.File("d"));
        Assert.Equal(["a", "b", "sub/c", "PMC22"], notes.Select(note => note.Id));
        Assert.Equal("third", notes[2].Text);
    }

    [Fact]
    public async Task AnArticleGivesTitleAbstractAndBody()
    {
        Note note = (await ReadAsync(Write("a.xml", Article))).Single();
        Assert.Equal(("PMC22", "Cough in adults"), (note.Id, note.Title));
        Assert.Equal("Background\n\nCough is common & tedious.\n\nMethods\n\nWe asked 1 people.\n\nOne item.", note.Text);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><article><body><p>&x;</p></body></article>", "well-formed")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;\">]><article><body><p>&y;</p></body></article>", "well-formed")]
    [InlineData("<article><body><p>cut off", "well-formed")]
    [InlineData("<html><p>no article</p></html>", "holds no <article>")]
    public async Task HostileAndBrokenXmlIsRefused(string xml, string problem)
    {
        SynthesisFormatException error = await Assert.ThrowsAsync<SynthesisFormatException>(() => ReadAsync(Write("x.xml", xml)));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("x.xml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task XmlIsReadWithLimits()
    {
        string deep = string.Concat(Enumerable.Repeat("<sec>", 500)) + string.Concat(Enumerable.Repeat("</sec>", 500));
        await Assert.ThrowsAsync<SynthesisFormatException>(() => ReadAsync(Write("deep.xml", $"<article><body>{deep}</body></article>")));
        string text = new('a', 5000);
        await Assert.ThrowsAsync<SynthesisFormatException>(() => ReadAsync(Write("long.xml", $"<article><body><p>{text}</p></body></article>"), new NoteReadOptions { MaxFileCharacters = 1000 }));
    }

    [Fact]
    public async Task ASampleDependsOnSeedAndIdsAlone()
    {
        Note[] notes = [.. Enumerable.Range(0, 200).Select(i => new Note(FormattableString.Invariant($"n{i}"), null, "t"))];
        IReadOnlyList<Note> sample = await NoteSample.TakeAsync(notes.ToAsyncEnumerable(), 20, seed: 3, TestContext.Current.CancellationToken);
        IReadOnlyList<Note> reversed = await NoteSample.TakeAsync(notes.Reverse().ToAsyncEnumerable(), 20, seed: 3, TestContext.Current.CancellationToken);
        IReadOnlyList<Note> other = await NoteSample.TakeAsync(notes.ToAsyncEnumerable(), 20, seed: 4, TestContext.Current.CancellationToken);
        Assert.Equal(20, sample.Count);
        Assert.Equal(sample, reversed.Reverse());
        Assert.NotEqual(sample, other);
    }

    [Fact]
    public async Task DuplicatesAreLeftOut()
    {
        string text = string.Join(' ', Enumerable.Range(0, 200).Select(i => FormattableString.Invariant($"word{i}")));
        Note[] notes = [new("a", null, text), new("b", null, text.ToUpperInvariant() + " \n"), new("c", null, text + " end"), new("d", null, "another note altogether")];
        var deduplicator = new NoteDeduplicator();
        Assert.Equal(["a", "d"], await deduplicator.ApplyAsync(notes.ToAsyncEnumerable(), TestContext.Current.CancellationToken).Select(note => note.Id).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal((1, 1), (deduplicator.Exact, deduplicator.Near));
    }

    private static async Task<List<Note>> ReadAsync(string path, NoteReadOptions? options = null) =>
        await new NoteReader(path, options).ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }
}
