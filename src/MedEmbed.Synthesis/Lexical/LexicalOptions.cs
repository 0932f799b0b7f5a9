using MedEmbed.Synthesis.Lexical.Codes;

namespace MedEmbed.Synthesis.Lexical;

/// <summary>Which pairs are made of terminologies. Immutable; each value is checked when it is set.</summary>
public sealed record LexicalOptions
{
    /// <summary>The kinds of pairs. Default: all.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public IReadOnlyList<LexicalKind> Kinds { get; init => field = NotEmpty(value, nameof(Kinds)); } = Enum.GetValues<LexicalKind>();

    /// <summary>The coding systems of <see cref="LexicalKind.Code"/>. Default: ICD-10, ICD-9, MeSH, OMIM and SNOMED CT.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public IReadOnlyList<CodeSystem> CodeSystems { get; init => field = NotEmpty(value, nameof(CodeSystems)); } =
        [CodeSystem.Icd10, CodeSystem.Icd9, CodeSystem.Mesh, CodeSystem.Omim, CodeSystem.SnomedCt];

    /// <summary>What <c>note_id</c> names. Default: the term.</summary>
    public LexicalGrouping Grouping { get; init; }

    /// <summary>Letters and digits that a query must have. Default 2.</summary>
    public int MinQueryLetters { get; init => field = AtLeastOne(value); } = 2;

    /// <summary>Letters and digits that a passage must have. Default 4.</summary>
    public int MinPassageLetters { get; init => field = AtLeastOne(value); } = 4;

    /// <summary>Whether faulty lines are left out and counted instead of ending the run.</summary>
    public bool SkipBadLines { get; init; }

    /// <summary>Whether a finished output is replaced.</summary>
    public bool Overwrite { get; init; }

    private static IReadOnlyList<T> NotEmpty<T>(IReadOnlyList<T> values, string name) =>
        values.Count > 0 ? values : throw new ArgumentException("There must be at least one.", name);

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
