using ScottPlot;

namespace MedEmbed.Evaluation.Charts;

/// <summary>A drawing and what it shows in words.</summary>
/// <param name="Name">File name without ending.</param>
/// <param name="Description">For readers who do not see it.</param>
/// <param name="Plot">The drawing.</param>
/// <param name="Width">In CSS pixels.</param>
/// <param name="Height">In CSS pixels.</param>
internal sealed record Chart(string Name, string Description, Plot Plot, int Width, int Height) : IDisposable
{
    /// <summary>Pixels of the PNG for each CSS pixel, for sharp text on dense screens.</summary>
    private const int PngScale = 2;

    public byte[] Png()
    {
        Plot.ScaleFactor = PngScale;
        byte[] bytes = Plot.GetImageBytes(Width * PngScale, Height * PngScale, ImageFormat.Png);
        Plot.ScaleFactor = 1;
        return bytes;
    }

    public string Svg() => SvgText.Finish(Plot.GetSvgXml(Width, Height), Description);

    public void Dispose() => Plot.Dispose();
}
