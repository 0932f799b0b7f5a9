namespace MedEmbed.Training.Output;

/// <summary>Gives a tensor's new numbers when it is written.</summary>
/// <param name="name">The tensor's name without the file's prefix; a Dense module's: <c>modules.N.linear.weight</c>.</param>
/// <param name="stored">Reads the numbers that the tensor had, as a new array.</param>
/// <returns>As many numbers as the tensor had; the caller may change them.</returns>
internal delegate float[] NewWeights(string name, Func<float[]> stored);
