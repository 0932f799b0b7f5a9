namespace MedEmbed.Graph;

/// <summary>Element types of ONNX tensors, numbered as in the specification.</summary>
internal enum OnnxElementType
{
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
}
