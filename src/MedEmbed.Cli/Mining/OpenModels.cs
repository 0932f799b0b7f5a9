using MedEmbed.Cli.Options;

namespace MedEmbed.Cli.Mining;

/// <summary>The models of a run, each opened once.</summary>
internal sealed class OpenModels : IDisposable
{
    private readonly Dictionary<string, ChosenEncoder> _models = new(StringComparer.Ordinal);

    /// <summary>The model of this name, opened by <paramref name="open"/> the first time.</summary>
    public async Task<ChosenEncoder> GetAsync(string name, Func<Task<ChosenEncoder>> open)
    {
        if (!_models.TryGetValue(name, out ChosenEncoder? model))
            _models[name] = model = await open().ConfigureAwait(false);
        return model;
    }

    public void Dispose()
    {
        foreach (ChosenEncoder model in _models.Values)
            model.Dispose();
    }
}
