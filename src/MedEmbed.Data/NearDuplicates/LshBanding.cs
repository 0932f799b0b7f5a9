namespace MedEmbed.Data.NearDuplicates;

/// <summary>How a signature is cut into bands: texts that agree on a whole band are candidates (Indyk and Motwani 1998). A pair of similarity s is missed with probability (1 − s^rows)^bands.</summary>
/// <param name="Bands">Bands of a signature; places that are left over belong to none.</param>
/// <param name="Rows">Places of a band.</param>
internal readonly record struct LshBanding(int Bands, int Rows)
{
    private const double MaxMissed = 0.01;

    /// <summary>The longest bands, and so the fewest candidates, that miss at most one in a hundred pairs of just the threshold's similarity.</summary>
    public static LshBanding For(NearDuplicateOptions options)
    {
        int rows = 1;
        while (rows < options.Permutations && Missed(options, rows + 1) <= MaxMissed)
            rows++;
        return new LshBanding(options.Permutations / rows, rows);
    }

    private static double Missed(NearDuplicateOptions options, int rows) => Math.Pow(1 - Math.Pow(options.Threshold, rows), options.Permutations / rows);
}
