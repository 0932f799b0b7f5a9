using System.Runtime.InteropServices;
using MedEmbed.Data.Judgments;

namespace MedEmbed.Evaluation.Metrics;

/// <summary>The grades of one query at a time, by the number that a document has in the run.</summary>
/// <remarks>A hit's grade is then one array access: ids are hashed once for the whole run, not once a hit. Not thread-safe.</remarks>
internal sealed class JudgmentIndex
{
    private const int Unjudged = int.MinValue;
    private const int NotInRun = -1;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly int[] _grades;
    private readonly List<int> _loaded = [];
    private readonly List<int> _ideal = [];

    public JudgmentIndex(Qrels qrels, IReadOnlyList<string> documentIds)
    {
        foreach (string query in qrels.QueryIds)
        {
            foreach (string document in qrels[query].DocumentIds)
                _numbers[document] = NotInRun;
        }

        for (int number = 0; number < documentIds.Count; number++)
        {
            if (_numbers.ContainsKey(documentIds[number]))
                _numbers[documentIds[number]] = number;
        }

        _grades = new int[documentIds.Count];
        _grades.AsSpan().Fill(Unjudged);
    }

    /// <summary>The grades above 0 of the loaded query's judgments, in descending order.</summary>
    public ReadOnlySpan<int> IdealGrades => CollectionsMarshal.AsSpan(_ideal);

    /// <summary>Turns to another query.</summary>
    public void Load(JudgedDocuments judged)
    {
        foreach (int number in _loaded)
            _grades[number] = Unjudged;
        _loaded.Clear();
        _ideal.Clear();
        for (int i = 0; i < judged.Count; i++)
        {
            int grade = judged.Grades[i], number = _numbers[judged.DocumentIds[i]];
            if (grade > 0)
                _ideal.Add(grade);
            if (number == NotInRun)
                continue;
            _grades[number] = grade;
            _loaded.Add(number);
        }

        _ideal.Sort(static (left, right) => right.CompareTo(left));
    }

    /// <summary>Whether the loaded query has a judgment of the document.</summary>
    public bool IsJudged(int document) => _grades[document] != Unjudged;

    /// <summary>The document's grade where it is relevant to the loaded query, 0 where it is not, judged or not.</summary>
    public int RelevantGrade(int document) => Math.Max(_grades[document], 0);
}
