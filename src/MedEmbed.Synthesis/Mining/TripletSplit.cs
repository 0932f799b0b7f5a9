using System.IO.Hashing;
using MedEmbed.Data.Texts;

namespace MedEmbed.Synthesis.Mining;

/// <summary>Puts whole groups into the development file: a group, and a pair without one by its query, goes there by a draw of its own, whatever else is mined.</summary>
internal sealed class TripletSplit(int seed, double devShare)
{
    public bool IsDev(string? group, string query)
    {
        UInt128 key = group is null ? NormalizedText.HashOf(query) : XxHash128.HashToUInt128(System.Text.Encoding.UTF8.GetBytes(group));
        return devShare > 0 && new SeededDraw(seed, key, group is null ? "split queries" : "split groups").NextDouble() < devShare;
    }
}
