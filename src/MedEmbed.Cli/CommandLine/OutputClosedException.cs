namespace MedEmbed.Cli.CommandLine;

/// <summary>The reader of standard output has gone, as <c>head</c> does when it has had enough; there is no use in going on.</summary>
internal sealed class OutputClosedException(IOException cause) : IOException("Standard output was closed.", cause);
