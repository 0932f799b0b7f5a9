using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Encoding;
using MedEmbed.Synthesis.Mining;

namespace MedEmbed.Cli.Mining;

/// <summary>Options that name the models of a run: the one that finds and measures, teachers, and the one that knows false negatives.</summary>
internal sealed class MiningModelOptions
{
    private const string Bm25 = "bm25";

    private readonly Option<string[]> _teachers = new("--teacher")
    {
        Description = "Who scores positives and negatives for distillation: models or bm25, each with =WEIGHT where there are several, whose scores are standardised for each query. Default: the model, bm25 without dense source.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _second = new("--false-negative-model") { Description = "A second model: candidates that it scores nearly as high as the positive, or higher, are dropped." };
    private readonly Option<double?> _secondShare = DecimalOption.Create("--false-negative-share", "The share of the positive's score by the second model that a negative may reach. Default: 0.95.");
    private readonly ModelOptions _model = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_teachers, _second, _secondShare])
            command.Options.Add(option);
        _model.AddTo(command);
    }

    /// <summary><paramref name="options"/> with the models that the command line names, which <paramref name="models"/> keeps open.</summary>
    public async Task<MiningOptions> OpenAsync(CommandInvocation invocation, OpenModels models, MiningOptions options, CancellationToken cancellationToken)
    {
        bool dense = options.Sources.Any(source => source.Kind == CandidateKind.Dense);
        if (dense || _model.IsNamed(invocation))
            options = options with { Model = Of(await models.GetAsync(_model.NameOf(invocation), () => _model.OpenAsync(invocation, index: null, cancellationToken)).ConfigureAwait(false)) };
        List<Teacher> teachers = [];
        foreach (string given in invocation.Get(_teachers) ?? [])
        {
            (string name, double weight) = Parse(given);
            teachers.Add(new Teacher(name == Bm25 ? null : await NamedAsync(name).ConfigureAwait(false), weight));
        }

        options = options with { Teachers = teachers };
        if (invocation.Get(_second) is { } second)
            options = options with { FalseNegativeModel = await NamedAsync(second).ConfigureAwait(false) };
        return invocation.Get(_secondShare) is { } share ? options with { FalseNegativeShare = share } : options;

        async Task<MiningModel> NamedAsync(string name) => Of(await models.GetAsync(name, () => _model.OpenNamedAsync(invocation, name, cancellationToken)).ConfigureAwait(false));
    }

    /// <summary>Finds a teacher without name, or whose weight is none.</summary>
    public void Check(CommandInvocation invocation)
    {
        foreach (string given in invocation.Get(_teachers) ?? [])
            _ = Parse(given);
    }

    private static MiningModel Of(ChosenEncoder model) => new(model.Encoder, model.ToIndexModel(model.Encoder.Dimensions, Prompt.Document));

    /// <summary>A name with its weight: the part behind the last <c>=</c>, where there is one.</summary>
    private static (string Name, double Weight) Parse(string given)
    {
        int equals = given.LastIndexOf('=');
        if (equals < 0)
            return (given, 1);
        return equals > 0 && double.TryParse(given.AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && weight > 0 && double.IsFinite(weight)
            ? (given[..equals], weight)
            : throw new UsageException($"--teacher must be a model or {Bm25}, with =WEIGHT above 0 behind it or without, not \"{given}\".");
    }
}
