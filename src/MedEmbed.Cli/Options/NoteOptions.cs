using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Cli.Options;

/// <summary>Options of commands that read notes: fields, sample, duplicates, length.</summary>
internal sealed class NoteOptions
{
    private readonly Option<string?> _notes = new("--notes") { Description = "Notes: JSONL, Parquet, a folder of .txt files, or PMC JATS XML (a file or folder)." };
    private readonly Option<string> _id = new("--id-field") { Description = "Field of the note's id.", DefaultValueFactory = static _ => NoteReadOptions.Default.IdField };
    private readonly Option<string> _text = new("--text-field") { Description = "Field of the note's text, such as transcription.", DefaultValueFactory = static _ => NoteReadOptions.Default.TextField };
    private readonly Option<string> _title = new("--title-field") { Description = "Field of the note's title.", DefaultValueFactory = static _ => NoteReadOptions.Default.TitleField! };
    private readonly Option<string> _metadata = new("--metadata-field") { Description = "Field of the metadata object; names in it may not stand in queries.", DefaultValueFactory = static _ => NoteReadOptions.Default.MetadataField! };
    private readonly Option<bool> _skip = new("--skip-bad-lines") { Description = "Leave faulty lines out and count them, instead of ending with an error." };
    private readonly Option<int?> _sample = NumberOption.Create("--sample", "Take so many notes at random, the same ones for a seed.");
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of the sample.", DefaultValueFactory = static _ => 0 };
    private readonly Option<bool> _keep = new("--keep-duplicates") { Description = "Keep notes that equal, or nearly equal, an earlier one." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_notes, _id, _text, _title, _metadata, _skip, _sample, _seed, _keep])
            command.Options.Add(option);
    }

    /// <summary>Whether notes are given.</summary>
    public bool IsGiven(CommandInvocation invocation) => invocation.Get(_notes) is not null;

    /// <summary>Whether faulty lines are left out.</summary>
    public bool SkipsBadLines(CommandInvocation invocation) => invocation.Get(_skip);

    /// <summary>The source that the options name.</summary>
    /// <param name="invocation">The command line.</param>
    /// <param name="keepDuplicates">Whether duplicates are kept whatever the options say.</param>
    public NoteStream Open(CommandInvocation invocation, bool keepDuplicates)
    {
        string path = invocation.Get(_notes) is { Length: > 0 } given ? given : throw new UsageException("--notes is missing; name the notes to generate from.");
        if (!Path.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such file or folder.", path);
        var options = new NoteReadOptions
        {
            IdField = invocation.Get(_id)!,
            TextField = invocation.Get(_text)!,
            TitleField = invocation.Get(_title),
            MetadataField = invocation.Get(_metadata),
            SkipBadLines = invocation.Get(_skip),
        };
        return new NoteStream(path, options, invocation.Get(_sample), invocation.Get(_seed), keepDuplicates || invocation.Get(_keep));
    }
}
