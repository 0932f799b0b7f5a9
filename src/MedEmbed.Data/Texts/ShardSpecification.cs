using System.Globalization;

namespace MedEmbed.Data.Texts;

/// <summary>Tells a job of an array which part of the input is its own.</summary>
/// <remarks>
/// <c>i/n</c> names it outright; <c>/n</c> takes i from <c>JOB_COMPLETION_INDEX</c> (Kubernetes indexed jobs) or, where that is unset,
/// from Slurm's <c>SLURM_ARRAY_TASK_ID</c> less <c>SLURM_ARRAY_TASK_MIN</c>; <c>slurm</c> takes both from Slurm, n being <c>SLURM_ARRAY_TASK_COUNT</c>.
/// </remarks>
public static class ShardSpecification
{
    private const string CompletionIndex = "JOB_COMPLETION_INDEX";
    private const string TaskId = "SLURM_ARRAY_TASK_ID";
    private const string TaskMin = "SLURM_ARRAY_TASK_MIN";
    private const string TaskMax = "SLURM_ARRAY_TASK_MAX";
    private const string TaskCount = "SLURM_ARRAY_TASK_COUNT";

    /// <summary>Reads <paramref name="specification"/>; <paramref name="environment"/> looks variables up (null where unset).</summary>
    /// <exception cref="FormatException">The form is unknown, a variable is missing or no number, or the index is not below the count.</exception>
    public static Shard Parse(string specification, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(environment);
        if (specification == "slurm")
            return Make(SlurmIndex(environment), Variable(environment, TaskCount), "slurm");
        int slash = specification.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            throw new FormatException($"shard \"{specification}\" is none of i/n (i from 0), /n (i from {CompletionIndex} or Slurm's task id) and slurm.");
        int count = Number(specification[(slash + 1)..], $"n of shard \"{specification}\"");
        int index = slash > 0 ? Number(specification[..slash], $"i of shard \"{specification}\"") : IndexFromEnvironment(environment);
        return Make(index, count, specification);
    }

    private static int IndexFromEnvironment(Func<string, string?> environment)
    {
        if (environment(CompletionIndex) is { Length: > 0 } completion)
            return Number(completion, CompletionIndex);
        if (environment(TaskId) is { Length: > 0 })
            return SlurmIndex(environment);
        throw new FormatException($"shard /n needs {CompletionIndex} or {TaskId}, and neither is set; give i/n instead.");
    }

    private static int SlurmIndex(Func<string, string?> environment)
    {
        int id = Variable(environment, TaskId);
        int min = Variable(environment, TaskMin);
        // With gaps (--array=0-9:3) ids do not number the tasks, and some lines would belong to none.
        if (environment(TaskMax) is { Length: > 0 } && environment(TaskCount) is { Length: > 0 }
            && Variable(environment, TaskMax) - min + 1 != Variable(environment, TaskCount))
        {
            throw new FormatException($"the Slurm array has gaps ({TaskMin} {min}, {TaskMax} {environment(TaskMax)}, {TaskCount} {environment(TaskCount)}); use an array without step, as --array=0-9.");
        }

        return id - min;
    }

    private static int Variable(Func<string, string?> environment, string name) =>
        Number(environment(name) ?? throw new FormatException($"shard needs {name}, which is not set; run as a Slurm array job, or give i/n."), name);

    private static int Number(string digits, string what) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException($"{what} is \"{digits}\", no whole number from 0.");

    private static Shard Make(int index, int count, string specification)
    {
        if (count < 1 || index < 0 || index >= count)
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"shard \"{specification}\" is part {index} of {count}; the part must be from 0 to below the count."));
        return new Shard(index, count);
    }
}
