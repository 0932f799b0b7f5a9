using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Completions;
using MedEmbed.Synthesis.Endpoint;
using MedEmbed.Synthesis.Extraction;
using MedEmbed.Synthesis.Notes;
using MedEmbed.Synthesis.Prompts;
using Microsoft.Extensions.AI;

namespace MedEmbed.Synthesis.Generation;

/// <summary>Candidates from any <see cref="IChatClient"/>; answers are kept, so that what was asked once is never asked again.</summary>
/// <remarks>
/// An answer that cannot be used is asked for again with what was wrong, at most <see cref="LlmGenerationOptions.MaxReasks"/> times; a refusal, and an answer that
/// comes again word for word, end the matter. Thread-safe.
/// </remarks>
public sealed class LlmCandidateSource : ICandidateSource, IDisposable
{
    private readonly LlmGenerationOptions _options;
    private readonly ChatCompletionSource _completions;
    private readonly NotePrompt _prompt;
    private readonly string _source;

    /// <summary>Asks <paramref name="client"/> and keeps answers in <paramref name="store"/>; the caller disposes of both.</summary>
    public LlmCandidateSource(IChatClient client, CompletionStore store, LlmGenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _completions = new ChatCompletionSource(client, store, options.Settings, AnswerSchema.Of(options.Mix));
        _prompt = new NotePrompt(options.Prompts, options.Mix);
        _source = $"llm:{options.Settings.Model} prompts:{options.Prompts.Version}";
    }

    /// <summary>Completions found in the store so far.</summary>
    public long CompletionsFound => _completions.Found;

    /// <summary>Completions asked for so far.</summary>
    public long CompletionsAsked => _completions.Asked;

    /// <inheritdoc/>
    public void Dispose() => _completions.Dispose();

    /// <inheritdoc/>
    /// <exception cref="EndpointException">No request to the endpoint can succeed.</exception>
    public async Task<NoteCandidates> GenerateAsync(NotePart part, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(part);
        IReadOnlyList<CompletionMessage> first = _prompt.Ask(part);
        IReadOnlyList<CompletionMessage> messages = first;
        List<NoteProblem> problems = [];
        string? before = null;
        for (int reasks = 0; ; reasks++)
        {
            Completion completion;
            try
            {
                completion = await _completions.GetAsync(part.Id, messages, cancellationToken).ConfigureAwait(false);
            }
            catch (EndpointException error) when (!error.IsFatal)
            {
                return Without(new NoteProblem(AnswerProblems.Endpoint, $"{SnakeCase.Of(error.Failure)}: {error.Message}", Final: true));
            }

            ParsedAnswer answer = AnswerParser.Parse(completion);
            if (answer.Fault == AnswerFault.None)
            {
                problems.AddRange(AnswerProblems.Remarks(answer));
                return new NoteCandidates(answer.Pairs, _source, problems);
            }

            if (completion.Text == before)
                return Without(new NoteProblem(AnswerProblems.RepeatedAnswer, answer.Problem!, Final: true));
            bool final = answer.Fault == AnswerFault.Refused || reasks >= _options.MaxReasks;
            if (final)
                return Without(AnswerProblems.Of(answer, final));
            problems.Add(AnswerProblems.Of(answer, final));
            messages = _prompt.AskAgain(first, completion.Text, answer.Problem!);
            before = completion.Text;
        }

        NoteCandidates Without(NoteProblem last) => new([], _source, [.. problems, last]);
    }
}
