using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MLflowSharp.TorchSharp;

/// <summary>
/// The fingerprint that MLflow gives NumPy data (<c>compute_numpy_digest</c> in mlflow/data/digest_utils.py, which hashes with
/// <c>pandas.util.hash_array</c>), so that the same rows are the same dataset whether they were logged from C# or from Python.
/// </summary>
/// <remarks>As in MLflow the values beyond the first 10,000 of each array count only by the array's shape.</remarks>
internal static class NumpyDigest
{
    private const int MostValues = 10_000;

    /// <summary>Gives the digest, 8 hexadecimal digits, of float32 rows and int64 labels.</summary>
    public static string Of(LabeledData data)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var value in data.Inputs.Span[..Math.Min(data.Inputs.Length, MostValues)])
            Append(md5, Mix(BitConverter.SingleToUInt32Bits(value)));
        Append(md5, (ulong)data.Count);
        Append(md5, (ulong)data.Width);
        foreach (var label in data.Labels.Span[..Math.Min(data.Count, MostValues)])
            Append(md5, Mix((ulong)label));
        Append(md5, (ulong)data.Count);
        return Convert.ToHexStringLower(md5.GetHashAndReset())[..8];
    }

    /// <summary>The last steps of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014), on a value's bits.</summary>
    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    private static void Append(IncrementalHash hash, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
