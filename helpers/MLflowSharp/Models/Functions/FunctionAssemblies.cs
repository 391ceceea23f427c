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
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var memory = new MemoryAssemblies(type.Assembly);
        if (memory.CopyOf(type.Assembly) is { } copy)
        {
            AddOfMemory(function, copy, memory, files, what);
            return files;
        }

        if (function.Target is not null)
        {
            var captured = Captured(type);
            if (captured.Count > 0 || (!method.IsStatic && !type.IsDefined(typeof(CompilerGeneratedAttribute))))
                throw Holds(what, captured);
        }

        Add(type.Assembly, files, isOwn: true);
        return files;
    }

    /// <summary>The path that an assembly gets beside a model.</summary>
    public static string PathOf(Assembly assembly) => $"{Folder}/{assembly.GetName().Name}.dll";

    /// <summary>Adds what a function of a notebook's cell can come to: the cells' own code as it was compiled, and the libraries that it uses.</summary>
    private static void AddOfMemory(Func<ModelData, ModelData> function, Assembly copy, MemoryAssemblies memory, Dictionary<string, byte[]> files, string what)
    {
        var reached = new ReachedCode(memory);
        reached.Follow(copy.ManifestModule.ResolveMethod(function.Method.MetadataToken)!);
        var type = function.Method.DeclaringType!;
        // A lambda keeps what it captures in a class that the compiler makes for it; a cell's variables are found where they are used.
        if (function.Target is not null && !ReachedCode.IsCell(type))
        {
            if (!type.Name.StartsWith("<>", StringComparison.Ordinal))
                throw Holds(what, Captured(type));
            reached.Variables.UnionWith(Captured(type).Where(field => !field.StartsWith('<')));
        }

        if (reached.Variables.Count > 0)
            throw Holds(what, [.. reached.Variables]);
        foreach (var assembly in reached.Assemblies)
        {
            if (memory.ImageOf(assembly) is { } image)
                files[PathOf(assembly)] = image;
            else
                Add(assembly, files, isOwn: false);
        }
    }

    private static List<string> Captured(Type type) =>
        [.. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(field => field.Name)];

    private static MlflowException Holds(string what, IReadOnlyList<string> captured) =>
        MlflowException.Invalid($"{what} uses what its program holds ({Named(captured)}), which does not come along. Give a static method, with such values as constants.");

    private static void Add(Assembly assembly, Dictionary<string, byte[]> files, bool isOwn)
    {
        if (assembly == typeof(FunctionAssemblies).Assembly || files.ContainsKey(PathOf(assembly)) || IsOfDotNet(assembly))
            return;
        if (assembly.Location.Length == 0)
        {
            if (isOwn)
                throw MlflowException.Invalid($"The function's assembly {assembly.GetName().Name} is in no file, and whoever loaded it does not tell from what. Put the function into a library.");
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
