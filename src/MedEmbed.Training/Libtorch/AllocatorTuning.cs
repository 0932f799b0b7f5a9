using System.Runtime.InteropServices;

namespace MedEmbed.Training.Libtorch;

/// <summary>Makes the C library keep memory for the next tensor instead of giving it back to the system.</summary>
/// <remarks>
/// A training step allocates and frees some gigabytes in blocks of megabytes. By default glibc maps each such block anew and unmaps it afterwards, and the
/// page faults take up to half of a step, more under virtualisation. With mapping and trimming off, blocks come from the main arena's heap and stay
/// there; other arenas are cut into 64 MB and trimmed all the same, so that the thread that computes has to be one of the main arena's.
/// </remarks>
internal static partial class AllocatorTuning
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MappedBlocks = -4;
    private const int ArenaCount = -8;
    private const int GrowBy = 256 << 20;

    /// <summary>The bit of a block's header that says that it is of another arena than the main one.</summary>
    private const nuint OtherArena = 4;

    /// <summary>Changes the allocator of this process, where it is glibc's.</summary>
    /// <returns>Whether it is.</returns>
    public static bool Apply()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return SetOption(ArenaCount, 1) != 0 && SetOption(TrimThreshold, -1) != 0 && SetOption(TopPad, GrowBy) != 0 && SetOption(MappedBlocks, 0) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Whether this thread's blocks come from the main arena; for a new thread only, whose cache is empty.</summary>
    public static unsafe bool ThreadUsesMainArena()
    {
        const int BeyondSmallBlocks = 1 << 16;
        void* block = NativeMemory.Alloc(BeyondSmallBlocks);
        bool main = (((nuint*)block)[-1] & OtherArena) == 0;
        NativeMemory.Free(block);
        return main;
    }

    /// <summary>Gives memory that is not in use back to the system.</summary>
    public static void Trim()
    {
        if (OperatingSystem.IsLinux())
            _ = TrimHeap(0);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint pad);
}
