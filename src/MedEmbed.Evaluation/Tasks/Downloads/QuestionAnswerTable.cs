using System.Text;
using MedEmbed.Data;
using MedEmbed.Data.Judgments;
using MedEmbed.Data.Texts;

namespace MedEmbed.Evaluation.Tasks.Downloads;

/// <summary>Questions and their answers, as the retrieval task that MTEB makes of them: distinct questions are queries, distinct answers documents.</summary>
/// <remarks>As in MTEB, ids are <c>Q</c> and <c>D</c> with the number of the text's first row among distinct ones, and rows that lack either side are left out.</remarks>
internal sealed class QuestionAnswerTable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly OrderedDictionary<string, Document> _documents = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, Document> _queries = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<(string Query, string Document), Judgment> _judgments = [];

    public IEnumerable<Document> Documents => _documents.Values;

    public IEnumerable<Document> Queries => _queries.Values;

    public IEnumerable<Judgment> Judgments => _judgments.Values;

    /// <exception cref="DataFormatException">The file is no CSV, or lacks a column.</exception>
    public static QuestionAnswerTable Read(string path)
    {
        QuestionAnswerTable table = new();
        Dictionary<string, int> questions = new(StringComparer.Ordinal), answers = new(StringComparer.Ordinal);
        foreach ((string question, string answer) in Rows(path))
        {
            if (question.Length > 0)
                questions.TryAdd(question, questions.Count);
            if (answer.Length > 0)
                answers.TryAdd(answer, answers.Count);
            if (question.Length > 0 && answer.Length > 0)
                table.Add(new Document($"Q{questions[question]}", null, question), new Document($"D{answers[answer]}", null, answer));
        }

        return table._judgments.Count > 0 ? table : throw new DataFormatException(path, null, "holds no question with an answer.");
    }

    private void Add(Document query, Document document)
    {
        _queries.TryAdd(query.Id, query);
        _documents.TryAdd(document.Id, document);
        _judgments.TryAdd((query.Id, document.Id), new Judgment(query.Id, document.Id, 1));
    }

    private static IEnumerable<(string Question, string Answer)> Rows(string path)
    {
        using StreamReader input = new(path, Utf8);
        CsvReader csv = new(input, path);
        if (!csv.TryRead(out IReadOnlyList<string>? header))
            throw new DataFormatException(path, null, "is empty; a CSV file with columns question and answer is needed.");
        int question = Column("question"), answer = Column("answer");
        while (csv.TryRead(out IReadOnlyList<string>? fields))
        {
            if (fields.Count != header.Count)
                throw new DataFormatException(path, csv.RecordLine, FormattableString.Invariant($"the record has {fields.Count} fields where the header has {header.Count}."));
            yield return (fields[question], fields[answer]);
        }

        int Column(string name) =>
            header.ToList().IndexOf(name) is >= 0 and int at ? at : throw new DataFormatException(path, 1, $"column \"{name}\" is missing; the file has {string.Join(", ", header)}.");
    }
}
