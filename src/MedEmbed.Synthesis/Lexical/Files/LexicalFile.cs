using System.Runtime.CompilerServices;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Texts;
using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical.Files;

/// <summary>A terminology file with its form.</summary>
internal sealed class LexicalFile(string path, ILexicalForm form)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public string Path => path;

    /// <summary>The file's name without extensions.</summary>
    public string Name { get; } = System.IO.Path.GetFileName(path).Split('.')[0];

    /// <summary>The <c>source</c> of its pairs.</summary>
    public string Source => $"lexical/{Name.Replace('_', '-')}";

    /// <summary>The terms in file order, with the line each is from.</summary>
    /// <exception cref="SynthesisFormatException">A line breaks a rule, unless <paramref name="skip"/> takes it.</exception>
    /// <exception cref="Data.DataFormatException">The file is damaged, no UTF-8, or over a limit.</exception>
    public async IAsyncEnumerable<LexicalTerm> ReadAsync(Action<SynthesisFormatException>? skip, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _ids.Clear();
        await foreach (LexicalLine line in LinesAsync(path, Name, cancellationToken).ConfigureAwait(false))
        {
            if (TryParse(line, skip) is { } term)
                yield return term;
        }
    }

    /// <summary>The first line that is not blank; null where there is none.</summary>
    public static async Task<string?> FirstLineAsync(string path, CancellationToken cancellationToken)
    {
        await foreach (LexicalLine line in LinesAsync(path, "", cancellationToken).ConfigureAwait(false))
            return line.Text;
        return null;
    }

    private LexicalTerm? TryParse(LexicalLine line, Action<SynthesisFormatException>? skip)
    {
        try
        {
            LexicalTerm? term = form.Parse(line);

            // An abbreviation may stand for several things, a line each.
            return term is null or { Abbreviation: not null } || _ids.Add(term.Id)
                ? term
                : throw line.Fault($"repeats the term \"{term.Id}\" of an earlier line; ids must be unique. Remove or rename one of the two, or leave faulty lines out.");
        }
        catch (SynthesisFormatException fault) when (skip is not null)
        {
            skip(fault);
            return null;
        }
    }

    private static async IAsyncEnumerable<LexicalLine> LinesAsync(string path, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new DocumentReader(path, new DocumentReadOptions { Format = TextFormat.PlainText, RefuseDuplicateIds = false });
        await foreach (Document line in lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!string.IsNullOrWhiteSpace(line.Text))
                yield return new LexicalLine(line.Text, name, FormattableString.Invariant($"{path}:{lines.LinesRead}"));
        }
    }
}
