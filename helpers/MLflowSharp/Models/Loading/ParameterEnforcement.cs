using MLflowSharp.Values;

namespace MLflowSharp;

/// <summary>Sees that settings fit what a signature says of them, by MLflow's rules: unknown ones are ignored, missing ones take their default.</summary>
internal static class ParameterEnforcement
{
    /// <summary>Gives every setting of the signature its value.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when a value is of another type.</exception>
    public static IReadOnlyDictionary<string, object?> Fit(IReadOnlyDictionary<string, object?>? given, IReadOnlyList<ParamSpec> known, Action<string> warn)
    {
        var values = known.ToDictionary(parameter => parameter.Name, parameter => parameter.Default is { } value ? Fit(ObjectTree.Of(value), parameter) : null, StringComparer.Ordinal);
        if (given is null)
            return values;
        foreach (var parameter in known)
        {
            if (given.TryGetValue(parameter.Name, out var value))
                values[parameter.Name] = Fit(ObjectTree.Of(value), parameter);
        }

        var unknown = given.Keys.Except(values.Keys, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            warn($"The model does not know these parameters, which are ignored: {string.Join(", ", unknown)}. It knows: {string.Join(", ", values.Keys)}.");
        return values;
    }

    private static object? Fit(object? value, ParamSpec parameter)
    {
        if (parameter.Shape is null)
            return FitOne(value, parameter);
        return value is List<object?> list ? list.Select(item => FitOne(item, parameter)).ToList() : throw Refusal(value, parameter, "list of ");
    }

    private static object? FitOne(object? value, ParamSpec parameter) => (parameter.Type, value) switch
    {
        (_, null) => null,
        ("boolean", bool) or ("string", string) or ("long", long) or ("double" or "float", double) => value,
        ("integer", long whole) when whole is >= int.MinValue and <= int.MaxValue => value,
        ("double" or "float", long whole) => (double)whole,
        ("datetime", string time) when DateTime.TryParse(time, System.Globalization.CultureInfo.InvariantCulture, out var parsed) => parsed,
        ("boolean" or "string" or "long" or "integer" or "double" or "float" or "datetime", _) => throw Refusal(value, parameter, ""),
        _ => value,
    };

    private static MlflowException Refusal(object? value, ParamSpec parameter, string many) =>
        MlflowException.Invalid($"Parameter '{parameter.Name}': expected {many}{parameter.Type}, found {Kind(value)}.");

    private static string Kind(object? value) => value switch
    {
        string => "string",
        bool => "boolean",
        long => "long",
        double => "double",
        List<object?> => "list",
        null => "nothing",
        _ => "object",
    };
}
