using MedEmbed.Models;
using MedEmbed.Safetensors;

namespace MedEmbed.Graph;

/// <summary>A BERT's tensors under the names of transformers, with or without the prefix <c>bert.</c>, shapes checked against the config.</summary>
internal sealed class BertWeights(SafetensorsFile file)
{
    private readonly string _prefix = BertTensorNames.PrefixOf(file);

    /// <summary>Reads a vector of <paramref name="size"/> numbers.</summary>
    public float[] Vector(string name, int size) => Read(name, [size]);

    /// <summary>Reads a table of <paramref name="rows"/> × <paramref name="columns"/>, as it stands in the file.</summary>
    public float[] Table(string name, int rows, int columns) => Read(name, [rows, columns]);

    /// <summary>Reads a linear layer's weight (output × input) and turns it, as matrix products from the right want it (input × output).</summary>
    public float[] Turned(string name, int outputs, int inputs) => Turn(Read(name, [outputs, inputs]), outputs, inputs);

    /// <summary>The <paramref name="columns"/> × <paramref name="rows"/> transpose of a row-major matrix.</summary>
    public static float[] Turn(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        const int Block = 32;
        float[] turned = new float[matrix.Length];
        for (int blockRow = 0; blockRow < rows; blockRow += Block)
        {
            for (int blockColumn = 0; blockColumn < columns; blockColumn += Block)
            {
                for (int row = blockRow; row < Math.Min(rows, blockRow + Block); row++)
                {
                    for (int column = blockColumn; column < Math.Min(columns, blockColumn + Block); column++)
                        turned[(column * rows) + row] = matrix[(row * columns) + column];
                }
            }
        }

        return turned;
    }

    private float[] Read(string name, long[] shape)
    {
        TensorInfo tensor = file.Find(_prefix + name);
        if (!tensor.Shape.SequenceEqual(shape))
        {
            throw new ModelFormatException(file.Path, $"stores tensor \"{tensor.Name}\" with shape {tensor.ShapeText}, but config.json describes [{string.Join(", ", shape)}]. "
                + "Weights and config belong to different models.");
        }

        return file.Read(tensor.Name);
    }
}
