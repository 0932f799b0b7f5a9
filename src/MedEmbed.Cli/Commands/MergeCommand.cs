using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Merging;
using MedEmbed.Cli.Options;
using MedEmbed.Cli.Progress;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Hub;
using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Training.LowRank;
using MedEmbed.Training.Merging;
using MedEmbed.Training.Output;

namespace MedEmbed.Cli.Commands;

/// <summary>Checkpoints, or a model and an adapter, to one model.</summary>
internal sealed class MergeCommand : CliCommand
{
    private readonly Argument<string[]> _models = new("MODELS")
    {
        Description = "Model folders (or bundled names, or hub ids) to mix, each with a weight behind it or none: MODEL=0.3.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _output = new("--output", "-o") { Description = "Folder of the merged model.", Required = true };
    private readonly Option<string?> _base = new("--base") { Description = "A model that is mixed in too, and gives configuration, tokenizer and prompts. Without a weight of its own it gets what the others leave up to 1." };
    private readonly Option<string?> _adapter = new("--adapter") { Description = "A LoRA adapter's folder (PEFT's form), merged into the one model that is named." };
    private readonly Option<string> _weights = new Option<string>("--weights") { Description = "Number format of the written weights.", DefaultValueFactory = _ => "f32" }.AcceptOnlyFromAmong("f32", "f16");
    private readonly Option<string[]> _search = new("--search")
    {
        Description = "Search the weights that give the best nDCG@10 on these: BEIR folders or judged lists, with commas or spaces between.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _split = new("--split") { Description = "Which judgments of --search: the name of the qrels file.", DefaultValueFactory = _ => "dev" };
    private readonly Option<string?> _data = new("--data", "-d") { Description = "Folder that holds the benchmarks' folders, where --search names benchmarks." };
    private readonly Option<int?> _evaluations = NumberOption.Create("--evaluations", "Mixes that --search scores at most. Default: 16, and one more than there are models at least.");
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace an earlier output of this command." };

    public MergeCommand() => Definition = new Command("merge", "Mix checkpoints of one model by weighted means of their weights, or merge a LoRA adapter into its model.")
    {
        _models, _output, _base, _adapter, _weights, _search, _split, _data, _evaluations, _overwrite,
    };

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed merge run-1 run-2 --output mixed",
        "medembed merge fine-tuned=0.6 --base bge-small-en-v1.5 --output mixed --weights f16",
        "medembed merge fine-tuned --base bge-small-en-v1.5 --search nfcorpus --split dev --output mixed",
        "medembed merge --base bge-small-en-v1.5 --adapter my-lora --output merged",
    ];

    public override void Check(CommandInvocation invocation) => _ = MembersOf(invocation);

    public override async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string output = invocation.Require(_output);
        string? adapter = invocation.Get(_adapter);
        bool searches = invocation.Has(_search);
        (MergeMember[] parsed, double[] weights) = MembersOf(invocation);
        OutputPath.RequireFolder(output, invocation.Get(_overwrite), "a merged model", HoldsMerge);
        MergeMember[] members = await OpenAsync(invocation, parsed, cancellationToken).ConfigureAwait(false);
        RequireOther(output, members);
        return adapter is null
            ? await MixAsync(invocation, output, members, weights, searches, cancellationToken).ConfigureAwait(false)
            : await MergeAdapterAsync(invocation, output, members[0], adapter, cancellationToken).ConfigureAwait(false);
    }

    private (MergeMember[] Members, double[] Weights) MembersOf(CommandInvocation invocation)
    {
        string? adapter = invocation.Get(_adapter), basis = invocation.Get(_base);
        bool searches = invocation.Has(_search);
        string[] names = [.. basis is null ? [] : (string[])[basis], .. invocation.Get(_models) ?? []];
        RequireEnough(names, adapter, searches);
        MergeMember[] members = [.. names.Select(MergeMember.Parse)];
        if ((searches || adapter is not null) && members.FirstOrDefault(member => member.Weight is not null) is { } weighted)
            throw new UsageException($"\"{weighted.Name}\" has a weight; {(searches ? "--search finds the weights itself" : "an adapter is merged whole")}.");
        return (members, MergeMember.WeightsOf(members, basis is not null));
    }

    private static void RequireEnough(string[] names, string? adapter, bool searches)
    {
        if (adapter is not null && (names.Length != 1 || searches))
            throw new UsageException("--adapter goes with one model (named, or as --base) and without --search: merge the adapter first, then mix its output with others.");
        if (adapter is null && names.Length < 2)
            throw new UsageException("merge needs two models at least to mix (with --base it counts as one), or --adapter and the model it belongs to.");
    }

    /// <summary>Replacing a folder deletes it: only one that this toolkit's card describes may go.</summary>
    private static bool HoldsMerge(string folder)
    {
        string card = Path.Combine(folder, "README.md");
        return File.Exists(Path.Combine(folder, "modules.json")) && File.Exists(card) && File.ReadLines(card).Take(40).Contains("- medembed");
    }

    private static void RequireOther(string output, MergeMember[] members)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        if (Array.Find(members, member => string.Equals(member.Model!.Path, full, StringComparison.Ordinal)) is { } same)
            throw new UsageException($"--output is the folder of \"{same.Name}\", which is read; name another.");
    }

    private static async Task<MergeMember[]> OpenAsync(CommandInvocation invocation, MergeMember[] members, CancellationToken cancellationToken)
    {
        var opened = new List<MergeMember>();
        foreach (MergeMember member in members)
        {
            ModelLocation location = await ModelChoice.LocateAsync(invocation, member.Name, cancellationToken).ConfigureAwait(false);
            ModelFolder model = ModelFolder.Open(location.Folder);
            opened.Add(member with { Model = model, Name = location.Source == ModelSource.Folder ? model.Name : location.Name });
        }

        return [.. opened];
    }

    private async Task<int> MixAsync(CommandInvocation invocation, string output, MergeMember[] members, double[] weights, bool searches, CancellationToken cancellationToken)
    {
        using var mix = ModelInterpolation.Open([.. members.Select(member => member.Model!)]);
        IReadOnlyList<RetrievalTask> tasks = searches ? TaskSelection.Resolve(invocation.Get(_search)!, invocation.Get(_data), invocation.Get(_split)!) : [];
        IReadOnlyList<WeightTrial> trials = searches ? await SearchAsync(invocation, mix, output, tasks, cancellationToken).ConfigureAwait(false) : [];
        if (searches)
            weights = [.. WeightSearch.Best(trials).Weights];
        string split = invocation.Get(_split)!;
        ModelFolderOptions options = OptionsOf(invocation, MergeCard.OfMix(NameOf(output), members, weights, trials, [.. tasks.Select(task => $"{task.Name} ({split})")]));
        await invocation.Progress.RunAsync("merge", progress => Task.Run(
            () =>
            {
                mix.Write(output, weights, options, new TensorProgress(progress), cancellationToken);
                return true;
            },
            cancellationToken)).ConfigureAwait(false);
        Summarize(invocation, output, members, weights, trials);
        return ExitCode.Done;
    }

    private async Task<IReadOnlyList<WeightTrial>> SearchAsync(CommandInvocation invocation, ModelInterpolation mix, string output, IReadOnlyList<RetrievalTask> tasks, CancellationToken cancellationToken)
    {
        DevelopmentScore score = await DevelopmentScore.ReadAsync(tasks, invocation.Get(_split)!, cancellationToken).ConfigureAwait(false);
        int evaluations = Math.Max(invocation.Get(_evaluations) ?? 16, mix.Models.Count + 1);
        return await invocation.Progress.RunAsync("search", progress => InterpolationSearch.RunAsync(
            mix, $"{Path.TrimEndingDirectorySeparator(output)}.search", evaluations, score.OfAsync, new TrialProgress(progress, evaluations, invocation.Progress.Note), cancellationToken)).ConfigureAwait(false);
    }

    private async Task<int> MergeAdapterAsync(CommandInvocation invocation, string output, MergeMember model, string adapter, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(adapter))
            throw new DirectoryNotFoundException($"{adapter}: there is no such adapter folder.");
        LowRankAdapter matrices = LowRankAdapter.Open(adapter, model.Model!.Config);
        await using (FileStream stream = File.OpenRead(Path.Combine(adapter, "adapter_model.safetensors")))
        {
            string hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
            ModelFolderOptions options = OptionsOf(invocation, MergeCard.OfAdapter(NameOf(output), model, adapter, hash));
            await Task.Run(() => AdapterMerge.Write(output, model.Model, matrices, options), cancellationToken).ConfigureAwait(false);
        }

        Summarize(invocation, output, [model], [1], []);
        return ExitCode.Done;
    }

    private ModelFolderOptions OptionsOf(CommandInvocation invocation, ModelCardContent card) => new()
    {
        Weights = invocation.Get(_weights) == "f16" ? TensorType.F16 : TensorType.F32,
        Card = card,
        Overwrite = invocation.Get(_overwrite),
    };

    private static string NameOf(string output) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)));

    private static void Summarize(CommandInvocation invocation, string output, IReadOnlyList<MergeMember> members, IReadOnlyList<double> weights, IReadOnlyList<WeightTrial> trials)
    {
        string hash = ModelFolder.Open(output).ContentHash;
        invocation.Summarize(
            new
            {
                Output = output,
                ModelHash = hash,
                Members = members.Zip(weights, (member, weight) => new { Model = member.Name, Weight = weight, Hash = member.Model!.ContentHash }),
                Trials = trials,
            },
            $"{output}: {string.Join(" + ", members.Zip(weights, (member, weight) => string.Create(CultureInfo.InvariantCulture, $"{weight:0.####} · {member.Name}")))}");
    }
}
