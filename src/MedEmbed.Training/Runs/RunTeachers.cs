using MedEmbed.Models;
using MedEmbed.Training.Losses;
using MedEmbed.Training.Recipes;
using MedEmbed.Training.Sampling;
using MedEmbed.Training.Stepping;
using MedEmbed.Training.Teachers;

namespace MedEmbed.Training.Runs;

/// <summary>The teachers and the guide of a recipe, as far as its losses need them.</summary>
internal sealed class RunTeachers : IDisposable
{
    private const string Bm25 = "bm25";

    private readonly TeacherEnsemble? _ensemble;
    private readonly GuideVectors? _guide;

    private RunTeachers(TeacherEnsemble? ensemble, GuideVectors? guide) => (_ensemble, _guide) = (ensemble, guide);

    /// <exception cref="RecipeException">A loss needs teachers or a guide, and the recipe names none.</exception>
    public static async Task<RunTeachers> PrepareAsync(TrainingRecipe recipe, RunData data, TrainingRunOptions options, CancellationToken cancellationToken)
    {
        if (data.Needs.HasFlag(LossNeeds.TeacherBatchScores) && recipe.Teachers.Count == 0)
            throw new RecipeException("\"teachers\" is empty, but a loss (batch_kl, or info_nce with teacher_ratio) learns from the scores of every query with every document. Name at least one, such as \"bm25\" or a model folder.");
        if (data.Needs.HasFlag(LossNeeds.Guide) && recipe.Guide is null)
            throw new RecipeException("\"guide\" is missing, but the loss gist needs a guide model. Name one.");
        var progress = new TeacherNotes(options.Notes);
        TeacherEnsemble? ensemble = recipe.Teachers.Count == 0 || data.SetsThatNeed(LossNeeds.TeacherScores | LossNeeds.TeacherBatchScores).Count == 0 ? null
            : await TeacherEnsemble.PrepareAsync(await OptionsOfAsync(recipe.Teachers, options, cancellationToken).ConfigureAwait(false), data.SetsThatNeed(LossNeeds.TeacherScores | LossNeeds.TeacherBatchScores), progress, cancellationToken).ConfigureAwait(false);
        try
        {
            GuideVectors? guide = recipe.Guide is null || !data.Needs.HasFlag(LossNeeds.Guide) ? null
                : await GuideVectors.PrepareAsync(new TeacherModel((await options.FindModel(recipe.Guide, cancellationToken).ConfigureAwait(false)).Path), data.SetsThatNeed(LossNeeds.Guide), null, progress, cancellationToken).ConfigureAwait(false);
            return new RunTeachers(ensemble, guide);
        }
        catch
        {
            ensemble?.Dispose();
            throw;
        }
    }

    /// <summary>The batch with what <paramref name="needs"/> asks of teachers and guide.</summary>
    /// <param name="batch">The texts.</param>
    /// <param name="tokens">The same as token ids.</param>
    /// <param name="needs">What the batch's loss needs.</param>
    /// <param name="ownScores">Whether every triplet of the source has scores of its own, which then count; scores of some, beside the teachers' for the others, would mix two scales.</param>
    public TokenizedBatch Teach(TrainingBatch batch, TokenizedBatch tokens, LossNeeds needs, bool ownScores) => tokens with
    {
        TeacherScores = !needs.HasFlag(LossNeeds.TeacherScores) ? null : ownScores ? tokens.TeacherScores : _ensemble?.ScoresOfOwn(batch),
        TeacherBatchScores = needs.HasFlag(LossNeeds.TeacherBatchScores) ? _ensemble?.ScoresOf(batch) : null,
        GuideVectors = needs.HasFlag(LossNeeds.Guide) ? _guide?.Of(batch) : null,
    };

    public void Dispose()
    {
        _ensemble?.Dispose();
        _guide?.Dispose();
    }

    private static async Task<TeacherEnsembleOptions> OptionsOfAsync(IReadOnlyList<TeacherRecipe> teachers, TrainingRunOptions options, CancellationToken cancellationToken)
    {
        List<TeacherModel> models = [];
        foreach (TeacherRecipe teacher in teachers.Where(teacher => teacher.Model != Bm25))
        {
            ModelFolder folder = await options.FindModel(teacher.Model, cancellationToken).ConfigureAwait(false);
            models.Add(new TeacherModel(folder.Path)
            {
                Weight = teacher.Weight,
                MaxLength = teacher.MaxLength,
                QueryPrompt = teacher.QueryPrompt switch
                {
                    null => null,
                    "none" => "",
                    { } name => folder.Prompts.TextOf(Encoding.Prompt.Named(name)),
                },
            });
        }

        return new TeacherEnsembleOptions { Models = models, Bm25Weight = teachers.Where(teacher => teacher.Model == Bm25).Sum(teacher => teacher.Weight) };
    }

    private sealed class TeacherNotes(IProgress<string>? notes) : IProgress<TeacherProgress>
    {
        private const long Interval = 4096;

        private long _next;

        public void Report(TeacherProgress value)
        {
            if (value.Texts < _next && value.Texts < value.TotalTexts)
                return;
            _next = value.Texts == value.TotalTexts ? 0 : value.Texts + Interval;
            notes?.Report(FormattableString.Invariant($"Teacher {value.Teacher}: {value.Texts:N0} of {value.TotalTexts:N0} texts."));
        }
    }
}
