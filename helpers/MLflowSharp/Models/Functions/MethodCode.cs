using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace MLflowSharp;

/// <summary>Tells what the code of a method names: methods, fields and types (ECMA-335, partition III).</summary>
internal static class MethodCode
{
    private static readonly Dictionary<short, OpCode> Operations = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(operation => operation.Value);

    /// <summary>Lists what a method names, and the types of its local variables and of what it catches.</summary>
    public static IEnumerable<MemberInfo> MembersOf(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code)
            return [];
        var (ofType, ofMethod) = (method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null, method.IsGenericMethod ? method.GetGenericArguments() : null);
        return [.. body.LocalVariables.Select(local => local.LocalType), .. body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType!),
            .. TokensOf(code).Select(token => method.Module.ResolveMember(token, ofType, ofMethod)!)];
    }

    private static List<int> TokensOf(ReadOnlySpan<byte> code)
    {
        List<int> tokens = [];
        for (var at = 0; at < code.Length;)
        {
            // Two bytes where the first is 0xFE.
            var value = code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at];
            at += value is >= 0 and <= 0xFF ? 1 : 2;
            var operand = Operations[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                tokens.Add(BinaryPrimitives.ReadInt32LittleEndian(code[at..]));
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code[at..])),
                _ => 4,
            };
        }

        return tokens;
    }
}
