using MedEmbed.Cli;
using MedEmbed.Cli.CommandLine;

return await new MedEmbedCommandLine(CommandEnvironment.OfProcess()).RunAsync(args).ConfigureAwait(false);
