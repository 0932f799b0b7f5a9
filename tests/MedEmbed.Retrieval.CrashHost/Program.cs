using System.Globalization;
using MedEmbed.Retrieval.CrashHost;

// The process that tests kill: it writes to an index and says on standard output what is committed.
if (args is not [string command, string folder, string count])
{
    Console.Error.WriteLine("Use: add|build|hold FOLDER COUNT");
    return 2;
}

int number = int.Parse(count, CultureInfo.InvariantCulture);
switch (command)
{
    case "add":
        CrashScript.Add(folder, number);
        return 0;
    case "build":
        CrashScript.Build(folder, number);
        return 0;
    case "hold":
        CrashScript.HoldWriter(folder, TimeSpan.FromSeconds(number));
        return 0;
    default:
        Console.Error.WriteLine($"Unknown command {command}.");
        return 2;
}
