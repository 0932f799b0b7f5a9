namespace MedEmbed.Retrieval.Flat.Scanning;

/// <summary>Rows of one segment that a thread scans in one go.</summary>
internal readonly record struct ScanChunk(int Segment, int FirstRow, int Rows);
