using MedEmbed.Data.Outputs;
using MedEmbed.Data.Pairs;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Lexical.Files;
using MedEmbed.Synthesis.Lexical.Rules;
using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical;

/// <summary>A folder of terminologies (ontologies, abbreviations, MeSH names, subjects of pages) to a folder of pairs: <c>pairs.jsonl</c>, <c>rejected.jsonl</c> with reasons, <c>report.json</c>.</summary>
/// <remarks>The output appears whole or not at all, and depends on files and options alone. Files are streamed; memory is about 100 bytes a pair.</remarks>
public sealed class LexicalRun
{
    private const int ReportEvery = 1000;

    private readonly LexicalOptions _options;
    private readonly LexicalReport _report = new();
    private readonly LexicalChecks _checks;
    private readonly TermGroups _groups;
    private readonly ILexicalRule[] _rules;

    /// <summary>A run, for one use.</summary>
    public LexicalRun(LexicalOptions? options = null)
    {
        _options = options ?? new LexicalOptions();
        _checks = new LexicalChecks(_options);
        _groups = new TermGroups(_options.Grouping);
        ILexicalRule[] all = [new SynonymRule(), new DefinitionRule(), new CodeRule(_options.CodeSystems), new AbbreviationRule(_options.MinQueryLetters)];
        _rules = Array.FindAll(all, rule => _options.Kinds.Contains(rule.Kind));
    }

    /// <summary>Makes pairs of all terms in the files of <paramref name="folder"/> and writes the folder at <paramref name="output"/>.</summary>
    /// <param name="folder">The terminologies; other files in it are passed over.</param>
    /// <param name="output">The folder to be.</param>
    /// <param name="progress">Told after every thousand terms: terms, pairs, rejected.</param>
    /// <param name="cancellationToken">Ends the run; no folder appears.</param>
    /// <exception cref="SynthesisFormatException">The folder holds no terminology, or a line breaks a rule (unless bad lines are skipped).</exception>
    /// <exception cref="Data.DataFormatException">A file is damaged, no UTF-8, or over a limit.</exception>
    /// <exception cref="OutputExistsException">The output is there, not empty, and not to be overwritten.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public async Task<LexicalReport> ExecuteAsync(string folder, string output, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        IReadOnlyList<LexicalFile> files = await LexicalFolder.OpenAsync(folder, cancellationToken).ConfigureAwait(false);
        using AtomicFolder target = AtomicFolder.Open(output, _options.Overwrite);
        using (var writer = new LexicalOutput(target.Path))
        {
            foreach (LexicalFile file in files)
                await TakeAsync(file, writer, progress, cancellationToken).ConfigureAwait(false);
            await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        ReportFile.Write(Path.Combine(target.Path, "report.json"), _report, new Dictionary<string, object?>());
        target.Complete();
        return _report;
    }

    private async Task TakeAsync(LexicalFile file, LexicalOutput writer, IProgress<GenerationProgress>? progress, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(file.Path);
        _report.Files[name] = 0;
        Action<SynthesisFormatException>? skip = _options.SkipBadLines ? fault => _report.AddBadLine(fault.Message) : null;
        await foreach (LexicalTerm term in file.ReadAsync(skip, cancellationToken).ConfigureAwait(false))
        {
            _report.Files[name]++;
            _report.Terms++;
            Take(term, file.Source, writer);
            if (_report.Terms % ReportEvery == 0)
                progress?.Report(new GenerationProgress(_report.Terms, _report.Pairs, _report.Rejected.Values.Sum()));
        }
    }

    private void Take(LexicalTerm term, string source, LexicalOutput writer)
    {
        if (term.IsObsolete)
        {
            _report.Candidates++;
            Reject(new RejectedPair(term.Id, SnakeCase.Of(LexicalRejectionReason.ObsoleteTerm), term.Name, Source: source), writer);
            return;
        }

        string identity = _groups.IdentityOf(term);
        foreach (ILexicalRule rule in _rules)
        {
            string type = SnakeCase.Of(rule.Kind);
            int number = 0;
            foreach (LexicalCandidate candidate in rule.Apply(term))
            {
                _report.Candidates++;
                string queryId = FormattableString.Invariant($"{PairId.Of(term.Id)}-{type}{++number}");
                string group = _groups.Of(term, identity, candidate.Form);
                if (_checks.Check(candidate) is { } fault)
                {
                    Reject(new RejectedPair(group, SnakeCase.Of(fault.Reason), fault.Detail, queryId, candidate.Query, type, candidate.Positive, candidate.Relevance, source), writer);
                    continue;
                }

                _report.CountPair(type, source);
                writer.Accept(new QueryPassagePair(queryId, candidate.Query, candidate.Positive!) { QueryType = type, NoteId = group, Relevance = candidate.Relevance, Source = source });
            }
        }
    }

    private void Reject(RejectedPair rejected, LexicalOutput writer)
    {
        GenerationReport.Count(_report.Rejected, rejected.Reason);
        writer.Reject(rejected);
    }
}
