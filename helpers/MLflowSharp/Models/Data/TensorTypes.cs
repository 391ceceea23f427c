namespace MLflowSharp;

/// <summary>NumPy's names of element types, which MLflow uses, beside .NET's types.</summary>
internal static class TensorTypes
{
    public const string Boolean = "bool";
    public const string Text = "str";
    public const string Binary = "bytes";
    public const string Time = "datetime64";

    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(bool)] = Boolean,
        [typeof(sbyte)] = "int8",
        [typeof(byte)] = "uint8",
        [typeof(short)] = "int16",
        [typeof(ushort)] = "uint16",
        [typeof(int)] = "int32",
        [typeof(uint)] = "uint32",
        [typeof(long)] = "int64",
        [typeof(ulong)] = "uint64",
        [typeof(Half)] = "float16",
        [typeof(float)] = "float32",
        [typeof(double)] = "float64",
        [typeof(string)] = Text,
        [typeof(byte[])] = Binary,
        [typeof(DateTime)] = Time,
    };

    /// <summary>The name of a type of elements.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when tensors cannot hold it.</exception>
    public static string NameOf(Type type) => Names.TryGetValue(type, out var name)
        ? name
        : throw MlflowException.Invalid($"A model's data cannot hold values of type {type.Name}. Use one of: {string.Join(", ", Names.Keys.Select(known => known.Name))}.");

    /// <summary>Whether tensors can hold a type of elements.</summary>
    public static bool Holds(Type type) => Names.ContainsKey(type);

    public static bool IsWhole(string name) => name.StartsWith("int", StringComparison.Ordinal) || name.StartsWith("uint", StringComparison.Ordinal);

    public static bool IsFloat(string name) => name.StartsWith("float", StringComparison.Ordinal);

    /// <summary>The number of bits that a number of this type has; what follows the letters in its name.</summary>
    public static int Bits(string name) => int.Parse(name.AsSpan(name.AsSpan().IndexOfAnyInRange('0', '9')), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The form in which MLflow's files may write a type: <c>object</c> and <c>&lt;U5</c> are texts, <c>datetime64[ns]</c> a time.</summary>
    public static string Plain(string name) => name switch
    {
        "object" => Text,
        _ when name.StartsWith("<U", StringComparison.Ordinal) => Text,
        _ when name.StartsWith(Time, StringComparison.Ordinal) => Time,
        _ => name,
    };
}
