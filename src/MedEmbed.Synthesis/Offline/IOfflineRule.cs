using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Offline;

/// <summary>Makes candidates from the form of a text, without understanding it.</summary>
internal interface IOfflineRule
{
    IEnumerable<CandidatePair> Apply(NotePart part);
}
