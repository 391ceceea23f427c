using System.Buffers.Binary;

namespace CSharpKernel.Scripting.Recursion;

/// <summary>Steps through a method's code and tells which methods it names (ECMA-335, partition III).</summary>
internal static class CodeReader
{
    public const byte Call = 0x28;
    private const byte CallIndirect = 0x29;
    private const byte CallVirtual = 0x6F;
    private const byte NewObject = 0x73;
    private const byte Switch = 0x45;
    private const byte Prefix = 0xFE;
    private const byte LoadFunction = 0x06;
    private const byte LoadVirtualFunction = 0x07;

    /// <summary>Lists the tokens of methods that code calls.</summary>
    /// <param name="code">The code.</param>
    /// <param name="called">Gets the token of a method that is called, and whether an override may run instead; the token of a signature where a pointer is called.</param>
    public static void Read(ReadOnlySpan<byte> code, Action<int, bool> called) => Read(code, (_, token, isVirtual) => called(token, isVirtual));

    /// <summary>Lists where code calls methods, and their tokens.</summary>
    /// <param name="code">The code.</param>
    /// <param name="called">Gets the place of the call in the code, and the rest as the other one.</param>
    public static void Read(ReadOnlySpan<byte> code, Action<int, int, bool> called)
    {
        for (var at = 0; at < code.Length;)
        {
            var operation = code[at++];
            if (operation == Prefix)
            {
                var second = code[at++];
                at += SizeBehindPrefix(second);
            }
            else if (operation == Switch)
            {
                at += 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code[at..]));
            }
            else
            {
                if (operation is Call or CallIndirect or CallVirtual or NewObject)
                    called(at - 1, BinaryPrimitives.ReadInt32LittleEndian(code[at..]), operation == CallVirtual);
                at += Size(operation);
            }
        }
    }

    private static int Size(byte operation) => operation switch
    {
        (>= 0x0E and <= 0x13) or 0x1F or (>= 0x2B and <= 0x37) or 0xDE => 1,
        0x20 or 0x22 or (>= 0x27 and <= 0x29) or (>= 0x38 and <= 0x44) or (>= 0x6F and <= 0x75) or 0x79 or (>= 0x7B and <= 0x81)
            or 0x8C or 0x8D or 0x8F or (>= 0xA3 and <= 0xA5) or 0xC2 or 0xC6 or 0xD0 or 0xDD => 4,
        0x21 or 0x23 => 8,
        _ => 0,
    };

    private static int SizeBehindPrefix(byte operation) => operation switch
    {
        0x12 or 0x19 => 1,
        >= 0x09 and <= 0x0E => 2,
        LoadFunction or LoadVirtualFunction or 0x15 or 0x16 or 0x1C => 4,
        _ => 0,
    };
}
