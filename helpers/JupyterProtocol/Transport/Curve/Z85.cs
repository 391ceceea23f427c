namespace JupyterProtocol.Transport.Curve;

/// <summary>Keys as text: 32 bytes in 40 letters (https://rfc.zeromq.org/spec/32/).</summary>
internal static class Z85
{
    /// <summary>The letters of a key of 32 bytes.</summary>
    public const int KeyLetters = 40;

    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    /// <summary>Bytes to text. Their number is a multiple of four.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var letters = new char[bytes.Length / 4 * 5];
        for (var block = 0; block < bytes.Length / 4; block++)
        {
            var value = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 * block)..]);
            for (var i = 4; i >= 0; i--, value /= 85)
                letters[(5 * block) + i] = Alphabet[(int)(value % 85)];
        }

        return new string(letters);
    }

    /// <summary>The 32 bytes of a key; false when the text is none.</summary>
    public static bool TryDecodeKey(string text, out byte[] key)
    {
        key = new byte[32];
        if (text.Length != KeyLetters)
            return false;
        for (var block = 0; block < 8; block++)
        {
            ulong value = 0;
            for (var i = 0; i < 5; i++)
            {
                var digit = Alphabet.IndexOf(text[(5 * block) + i], StringComparison.Ordinal);
                if (digit < 0)
                    return false;
                value = (value * 85) + (ulong)digit;
            }

            if (value > uint.MaxValue)
                return false;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(4 * block), (uint)value);
        }

        return true;
    }
}
