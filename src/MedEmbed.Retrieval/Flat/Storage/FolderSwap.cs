using System.Runtime.InteropServices;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>Puts a finished folder in its place.</summary>
internal static partial class FolderSwap
{
    private const int CurrentFolder = -100;
    private const uint Exchange = 2;

    /// <summary>Moves <paramref name="finished"/> to <paramref name="target"/>. A folder there is exchanged in one step where the system can (Linux) and then deleted;
    /// elsewhere it is moved aside first, so that a kill between the two steps leaves both folders under names that say so.</summary>
    public static void Publish(string finished, string target)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(finished, target);
        }
        else if (OperatingSystem.IsLinux() && RenameAt(CurrentFolder, finished, CurrentFolder, target, Exchange) == 0)
        {
            Directory.Delete(finished, recursive: true);
        }
        else
        {
            string aside = target + ".old";
            if (Directory.Exists(aside))
                Directory.Delete(aside, recursive: true);
            Directory.Move(target, aside);
            Directory.Move(finished, target);
            Directory.Delete(aside, recursive: true);
        }

        DurableFile.FlushFolder(Path.GetDirectoryName(target)!);
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);
}
