using System.Reflection;
using System.Runtime.CompilerServices;

namespace MLflowSharp;

/// <summary>The files that a function needs to run in another program.</summary>
internal static class FunctionAssemblies
{
    private const string Folder = "code";

    /// <summary>The function's assembly and those it refers to, without .NET's own and this client, by the path that they get beside a model.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the function holds values of its program, or lies in no file.</exception>
    public static IReadOnlyDictionary<string, byte[]> Of(Func<ModelData, ModelData> function)
    {
        var (method, type) = (function.Method, function.Method.DeclaringType);
        // The compiler gives lambdas and what they capture names with <>.
        var what = method.Name.StartsWith('<') ? "The lambda" : $"The function {method.Name}";
        if (type is null || type.IsGenericType || method.IsGenericMethod)
            throw MlflowException.Invalid($"{what} is generic or of no class. Give a static method of an ordinary class.");
        if (function.Target is not null)
        {
            var captured = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(field => field.Name).ToList();
            if (captured.Count > 0 || (!method.IsStatic && !type.IsDefined(typeof(CompilerGeneratedAttribute))))
                throw MlflowException.Invalid($"{what} uses what its program holds ({Named(captured)}), which does not come along. Give a static method, with such values as constants.");
        }

        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        Add(type.Assembly, files, isOwn: true);
        return files;
    }

    /// <summary>The path that an assembly gets beside a model.</summary>
    public static string PathOf(Assembly assembly) => $"{Folder}/{assembly.GetName().Name}.dll";

    private static void Add(Assembly assembly, Dictionary<string, byte[]> files, bool isOwn)
    {
        if (assembly == typeof(FunctionAssemblies).Assembly || files.ContainsKey(PathOf(assembly)) || IsOfDotNet(assembly))
            return;
        if (assembly.Location.Length == 0)
        {
            if (isOwn)
                throw MlflowException.Invalid($"The function's assembly {assembly.GetName().Name} is in no file, as that of a notebook's cell. Put the function into a library, and refer to that with #r.");
            return;
        }

        files[PathOf(assembly)] = File.ReadAllBytes(assembly.Location);
        foreach (var reference in assembly.GetReferencedAssemblies())
        {
            if (Find(reference) is { } found)
                Add(found, files, isOwn: false);
        }
    }

    private static string Named(IReadOnlyList<string> fields) =>
        fields.Where(field => !field.StartsWith('<')).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } variables ? string.Join(", ", variables) : "this";

    private static Assembly? Find(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (IOException)
        {
            // What is not there is not needed by what has run so far.
            return null;
        }
    }

    private static bool IsOfDotNet(Assembly assembly) =>
        assembly.Location.Length > 0 && Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(assembly.Location))) is { } folder && Path.GetFileName(folder) == "shared";
}
