namespace MedEmbed.Cli.Progress;

/// <summary>Shows how many of a model's tensors are written.</summary>
internal sealed class TensorProgress(IProgress<WorkProgress> progress) : IProgress<int>
{
    public void Report(int value) => progress.Report(new WorkProgress(value, null, "tensors"));
}
