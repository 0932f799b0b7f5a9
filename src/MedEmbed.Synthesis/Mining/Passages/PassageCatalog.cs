using MedEmbed.Data.Pairs;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Texts;

namespace MedEmbed.Synthesis.Mining.Passages;

/// <summary>All passages by number: first the corpus, then positives that it lacks, which are scored but are no candidates. Passages of the same normalised text are one.</summary>
/// <remarks>Texts are on disk; memory is about 70 bytes a passage and 50 a pair. Reading is thread-safe once it is complete.</remarks>
internal sealed class PassageCatalog(string spoolPath) : IDisposable
{
    private readonly PassageSpool _spool = new(spoolPath);
    private readonly Dictionary<UInt128, int> _numbers = [];
    private readonly HashSet<long> _repeatedPairs = [];
    private readonly List<string> _badLineReasons = [];

    public QueryPositives Positives { get; } = new();

    public PassageGroups Groups { get; } = new();

    /// <summary>Passages, positives that the corpus lacks among them.</summary>
    public int Count => _spool.Count;

    /// <summary>Passages of the corpus: the numbers below are candidates.</summary>
    public int Candidates { get; private set; }

    /// <summary>Documents of the corpus that repeat an earlier one.</summary>
    public long RepeatedDocuments { get; private set; }

    /// <summary>Documents of the corpus without text.</summary>
    public long EmptyDocuments { get; private set; }

    /// <summary>Pairs, those that repeat an earlier one among them.</summary>
    public long Pairs { get; private set; }

    public long RepeatedPairs => _repeatedPairs.Count;

    /// <summary>Faulty lines left out.</summary>
    public long BadLines { get; private set; }

    /// <summary>What was wrong with the first ones of each file.</summary>
    public IReadOnlyList<string> BadLineReasons => _badLineReasons;

    public string Text(int passage) => _spool.Text(passage);

    public (string Id, string Text) Read(int passage) => _spool.Read(passage);

    /// <summary>Adds a document of the corpus.</summary>
    public void Add(Document document)
    {
        string text = document.TitleAndText;
        if (string.IsNullOrWhiteSpace(text))
        {
            EmptyDocuments++;
            return;
        }

        int number = _spool.Count;
        UInt128 whole = NormalizedText.HashOf(text);
        UInt128? body = string.IsNullOrEmpty(document.Title) || string.IsNullOrWhiteSpace(document.Text) ? null : NormalizedText.HashOf(document.Text);

        // A pair's positive may be the text with or without the title: what equals it in either form is it.
        if (_numbers.TryGetValue(whole, out int known) || (body is { } alone && _numbers.TryGetValue(alone, out known)))
        {
            RepeatedDocuments++;
            number = known;
        }
        else
        {
            _spool.Add(document.Id, text);
        }

        _numbers.TryAdd(whole, number);
        if (body is { } form)
            _numbers.TryAdd(form, number);
        if (NoteIdOf(document) is { } note)
            Groups.AddOwn(number, note);
    }

    /// <summary>Ends the corpus: positives that come now and are not in it are no candidates.</summary>
    public void EndCorpus() => Candidates = _spool.Count;

    /// <summary>Adds a pair, in file order.</summary>
    public void Add(QueryPassagePair pair)
    {
        UInt128 hash = NormalizedText.HashOf(pair.Positive);
        if (!_numbers.TryGetValue(hash, out int number))
        {
            _numbers[hash] = number = _spool.Count;
            _spool.Add(pair.QueryId, pair.Positive);
        }

        if (!Positives.Add(NormalizedText.HashOf(pair.Query), number))
            _repeatedPairs.Add(Pairs);
        Pairs++;
        if (pair.NoteId is not null)
            Groups.AddOfPair(number, pair.NoteId);
    }

    public void AddBadLines(BadLines lines)
    {
        BadLines += lines.Count;
        _badLineReasons.AddRange(lines.FirstReasons);
    }

    /// <summary>Ends the pairs.</summary>
    /// <param name="positivesAreCandidates">Whether all positives are candidates, for a run without corpus.</param>
    public void Complete(bool positivesAreCandidates)
    {
        if (positivesAreCandidates)
            Candidates = _spool.Count;
        Groups.Sort();
        _spool.Flush();
    }

    /// <summary>The passage that is the pair's positive.</summary>
    public int PositiveOf(QueryPassagePair pair) => _numbers[NormalizedText.HashOf(pair.Positive)];

    /// <summary>Whether the pair of this number from 0 repeats an earlier one.</summary>
    public bool IsRepeated(long pair) => _repeatedPairs.Contains(pair);

    public void Dispose() => _spool.Dispose();

    private static string? NoteIdOf(Document document)
    {
        if (document.Metadata is not { } metadata || !metadata.TryGetProperty("note_id", out System.Text.Json.JsonElement note))
            return null;
        return note.ValueKind switch
        {
            System.Text.Json.JsonValueKind.String when note.GetString() is { Length: > 0 } id => id,
            System.Text.Json.JsonValueKind.Number => note.GetRawText(),
            _ => null,
        };
    }
}
