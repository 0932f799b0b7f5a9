using System.Runtime.CompilerServices;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Judgments;

/// <summary>Streams judged lists: JSONL <c>{"query_id","query","query_type","passages":[{"text","grade"},…]}</c>, compressed or not.</summary>
/// <remarks>One enumeration at a time.</remarks>
public sealed class JudgedListReader
{
    private readonly string _path;
    private readonly ReadOptions _options;

    /// <summary>Reads the file at <paramref name="path"/>; nothing is opened before the enumeration.</summary>
    public JudgedListReader(string path, ReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _options) = (path, options ?? ReadOptions.Default);
    }

    /// <summary>Lines passed so far, and so the line number, from 1, of the query given last.</summary>
    public long LinesRead { get; private set; }

    /// <summary>Lines left out because of <see cref="ReadOptions.SkipBadLines"/>.</summary>
    public BadLines BadLines { get; private set; } = new();

    /// <summary>The queries in file order.</summary>
    /// <exception cref="DataFormatException">A line breaks a rule (unless bad lines are skipped), or the file is damaged or over a limit.</exception>
    public async IAsyncEnumerable<JudgedQuery> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (LinesRead, BadLines) = (0, new BadLines());
        IdSet seen = new();
        await using InputFile input = InputFile.Open(_path);
        using Utf8LineReader lines = new(input, _options);
        LineStream<JudgedQuery> stream = new(input, _options, BadLines, (line, number) => Parse(line, number, seen));
        await foreach (JudgedQuery query in stream.ReadAsync(lines, cancellationToken).ConfigureAwait(false))
        {
            LinesRead = lines.Number + 1;
            yield return query;
        }
    }

    private JudgedQuery Parse(ReadOnlySpan<byte> line, long number, IdSet seen)
    {
        string? id = null, query = null, type = null;
        List<JudgedPassage> passages = [];
        JsonFields fields = new(line, _options.MaxJsonDepth);
        while (fields.Next())
        {
            if (fields.Is("query_id"u8))
                id = fields.ReadId("query_id");
            else if (fields.Is("query"u8))
                query = fields.ReadString("query");
            else if (fields.Is("query_type"u8))
                type = fields.ReadString("query_type");
            else if (fields.Is("passages"u8))
                passages = ReadPassages(ref fields);
            else
                fields.Skip();
        }

        if (query is null)
            throw new LineFaultException("field \"query\" is missing or null; every line needs a query.");
        if (passages.Count == 0)
            throw new LineFaultException("field \"passages\" is missing or empty; every query needs at least one passage.");
        id ??= DocumentParser.NumberAsId(number);
        return seen.Add(id)
            ? new JudgedQuery(id, query, type, passages)
            : throw new LineFaultException($"field \"query_id\" repeats the id \"{id}\" of an earlier line; ids must be unique.");
    }

    private static List<JudgedPassage> ReadPassages(ref JsonFields fields)
    {
        List<JudgedPassage> passages = [];
        fields.EnterArray("passages");
        while (fields.NextObject("passages"))
        {
            string? text = null;
            int? grade = null;
            while (fields.NextInner())
            {
                if (fields.Is("text"u8))
                    text = fields.ReadString("passages.text");
                else if (fields.Is("grade"u8))
                    grade = fields.ReadInteger("passages.grade");
                else
                    fields.Skip();
            }

            passages.Add(new JudgedPassage(
                text ?? throw new LineFaultException("field \"passages.text\" is missing or null; every passage needs a text."),
                grade ?? throw new LineFaultException("field \"passages.grade\" is missing; every passage needs a grade.")));
        }

        return passages;
    }
}
