using System.Diagnostics.CodeAnalysis;

namespace MedEmbed.Cli.Tests.Packaging;

/// <summary>Tests that share the packages of one run.</summary>
[CollectionDefinition]
[SuppressMessage("Naming", "CA1711", Justification = "xunit calls this a collection.")]
public sealed class PackedCollection : ICollectionFixture<PackedProjects>;
