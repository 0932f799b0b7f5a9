using System.Runtime.CompilerServices;
using System.Xml;

namespace MedEmbed.Synthesis.Notes.Jats;

/// <summary>Articles of a PMC JATS XML file: abstract and body as text, headings on lines of their own. Tables, figures, formulas and references are left out.</summary>
/// <remarks>A document type declaration, as PMC's files have, is passed over: no entity is defined by it, and nothing is fetched.</remarks>
internal sealed class JatsReader(string path, long maxCharacters)
{
    private const int MaxDepth = 128;

    /// <summary>The articles; <paramref name="fileId"/> is the id of one that names none itself.</summary>
    public async IAsyncEnumerable<Note> ReadAsync(string fileId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = new XmlReaderSettings
        {
            Async = true,
            CloseInput = true,
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            MaxCharactersInDocument = maxCharacters,
            MaxCharactersFromEntities = 1,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        using XmlReader reader = XmlReader.Create(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), settings);
        int articles = 0;
        while (await NextAsync(reader, cancellationToken).ConfigureAwait(false))
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "article")
                continue;
            yield return await ReadArticleAsync(reader, articles == 0 ? fileId : FormattableString.Invariant($"{fileId}-{articles}"), cancellationToken).ConfigureAwait(false);
            articles++;
        }

        if (articles == 0)
            throw new SynthesisFormatException(path, "holds no <article>; JATS XML is expected, as PMC gives it.");
    }

    private async Task<Note> ReadArticleAsync(XmlReader reader, string fallbackId, CancellationToken cancellationToken)
    {
        var article = new JatsArticle();
        int depth = reader.Depth;
        bool more = !reader.IsEmptyElement && await NextAsync(reader, cancellationToken).ConfigureAwait(false);
        while (more && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && JatsArticle.IsLeftOut(reader.LocalName))
            {
                await SkipAsync(reader, cancellationToken).ConfigureAwait(false);
                continue;
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    article.Open(reader.LocalName, reader.GetAttribute("pub-id-type"), reader.IsEmptyElement);
                    break;
                case XmlNodeType.EndElement:
                    article.Close();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    article.Append(reader.Value);
                    break;
            }

            more = await NextAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        return article.ToNote(fallbackId);
    }

    private Task<bool> SkipAsync(XmlReader reader, CancellationToken cancellationToken) =>
        GuardAsync(reader, async () =>
        {
            await reader.SkipAsync().ConfigureAwait(false);
            return true;
        }, cancellationToken);

    private async Task<bool> NextAsync(XmlReader reader, CancellationToken cancellationToken)
    {
        bool more = await GuardAsync(reader, reader.ReadAsync, cancellationToken).ConfigureAwait(false);
        if (reader.Depth > MaxDepth)
            throw new SynthesisFormatException(Place(reader), $"elements are nested deeper than the limit of {MaxDepth}; this is no article.");
        return more;
    }

    private async Task<bool> GuardAsync(XmlReader reader, Func<Task<bool>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (XmlException error)
        {
            throw new SynthesisFormatException(Place(reader), $"is no well-formed XML within the limit of {maxCharacters} characters ({error.Message}). Fetch the file again, or leave it out.", error);
        }
    }

    private string Place(XmlReader reader) => reader is IXmlLineInfo place && place.HasLineInfo() ? FormattableString.Invariant($"{path}:{place.LineNumber}") : path;
}
