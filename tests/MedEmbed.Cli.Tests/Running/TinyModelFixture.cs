namespace MedEmbed.Cli.Tests.Running;

/// <summary>A tiny model and a cache folder for the tests of a class.</summary>
public sealed class TinyModelFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyModelFixture() => Model = TinyModel.Write(_folder.File("tiny"));

    /// <summary>The model's folder.</summary>
    public string Model { get; }

    public string Cache => _folder.File("cache");

    public Medembed Medembed => new(Cache);

    public void Dispose() => _folder.Dispose();
}
