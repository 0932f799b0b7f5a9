namespace MedEmbed.Retrieval.Filtering;

/// <summary>Which documents a search may return. Filtering is exact: the best matching documents are found, however few match.</summary>
/// <remarks>Immutable and thread-safe, as a predicate given to <see cref="Where"/> must be.</remarks>
public abstract class DocumentFilter
{
    /// <summary>Documents whose metadata satisfies every expression.</summary>
    /// <param name="expressions">
    /// Each <c>key OPERATOR value</c>, with <c>=</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&gt;=</c>, on a top-level member:
    /// <c>source=PubMed</c>, <c>year&gt;=2015</c>, <c>reviewed=true</c>, <c>code="0042"</c>. An unquoted number, <c>true</c>, <c>false</c> or <c>null</c> matches
    /// that JSON value and also a string of the same characters; a value in double quotes matches strings alone. An array matches where one of its elements does;
    /// a member that is missing matches <c>!=</c> alone. Ordering compares numbers, and strings by UTF-16 code units.
    /// </param>
    /// <exception cref="FormatException">An expression cannot be read; the message says why.</exception>
    public static DocumentFilter Parse(params IEnumerable<string> expressions)
    {
        MetadataComparison[] comparisons = [.. expressions.Select(MetadataComparison.Parse)];
        return comparisons.Length == 0
            ? throw new FormatException("A filter needs at least one expression such as year>=2015.")
            : new MetadataFilter(comparisons);
    }

    /// <summary>Documents that <paramref name="predicate"/> accepts. It is called from several threads, at most about once a document and search.</summary>
    public static DocumentFilter Where(Func<IndexedDocument, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new PredicateFilter(predicate);
    }

    internal abstract bool Matches(IFilterableDocument document);

    private sealed class MetadataFilter(MetadataComparison[] comparisons) : DocumentFilter
    {
        internal override bool Matches(IFilterableDocument document)
        {
            ReadOnlySpan<byte> metadata = document.MetadataUtf8;
            foreach (MetadataComparison comparison in comparisons)
            {
                if (!comparison.Matches(metadata))
                    return false;
            }

            return true;
        }
    }

    private sealed class PredicateFilter(Func<IndexedDocument, bool> predicate) : DocumentFilter
    {
        internal override bool Matches(IFilterableDocument document) => predicate(document.Read());
    }
}
