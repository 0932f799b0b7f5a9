using MedEmbed.Encoding;
using MedEmbed.Graph;
using MedEmbed.Models;

namespace MedEmbed.Training.Teachers;

/// <summary>A model that teaches or guides: its folder, and how texts are given to it. Immutable; each value is checked when it is set.</summary>
public sealed record TeacherModel
{
    /// <summary>Names the model at <paramref name="folder"/>.</summary>
    public TeacherModel(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = folder;
    }

    /// <summary>The model's folder.</summary>
    public string Folder { get; }

    /// <summary>Its weight among an ensemble's members. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or not above 0.</exception>
    public double Weight { get; init => field = OptionRange.Positive(value); } = 1;

    /// <summary>Text before queries, empty for none; null takes the folder's prompt for queries.</summary>
    public string? QueryPrompt { get; init; }

    /// <summary>Text before documents, empty for none; null takes the folder's prompt for documents.</summary>
    public string? DocumentPrompt { get; init; }

    /// <summary>Tokens of a text that the model sees, prompt included; null for as many as it can.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 3.</exception>
    public int? MaxLength
    {
        get;
        init
        {
            if (value is { } length)
                ArgumentOutOfRangeException.ThrowIfLessThan(length, 3, nameof(MaxLength));
            field = value;
        }
    }

    /// <summary>What the model computes in. Default f32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a defined value.</exception>
    public Precision Precision { get; init => field = OptionRange.Defined(value); } = Precision.F32;

    /// <summary>What to take for files that the folder lacks.</summary>
    public ModelOverrides? Overrides { get; init; }

    internal TextEncoderOptions EncoderOptions => new()
    {
        Precision = Precision,
        Overrides = (Overrides ?? new ModelOverrides()) with { MaxLength = MaxLength ?? Overrides?.MaxLength },
    };
}
