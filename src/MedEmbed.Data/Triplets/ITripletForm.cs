using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Triplets;

/// <summary>One form of data read as triplets.</summary>
internal interface ITripletForm
{
    /// <summary>The file whose lines make the triplets.</summary>
    string File { get; }

    /// <summary>The line, from 1, of the triplet given last.</summary>
    long LinesRead { get; }

    /// <summary>Faulty lines left out.</summary>
    BadLines BadLines { get; }

    /// <summary>What makes no triplet though nothing is wrong with its line.</summary>
    BadLines Omitted { get; }

    IAsyncEnumerable<Triplet> ReadAsync(CancellationToken cancellationToken);
}
