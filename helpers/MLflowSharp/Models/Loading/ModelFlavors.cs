using System.Reflection;

namespace MLflowSharp;

/// <summary>The flavors that models can be loaded in.</summary>
public static class ModelFlavors
{
    // The client does not reference the flavors' packages: it looks for those that the program has. The first that fits scores fastest.
    private static readonly (string Flavor, string Assembly, string Type)[] OfPackages =
    [
        ("onnx", "MLflowSharp.Onnx", "MLflowSharp.Onnx.OnnxModelFlavor"),
        ("mlnet", "MLflowSharp.ML", "MLflowSharp.ML.MLNetModelFlavor"),
    ];

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, IModelFlavor> Registered = new(StringComparer.Ordinal) { [FunctionModelFlavor.FlavorName] = new FunctionModelFlavor() };

    /// <summary>Adds a flavor, or replaces the one of the same name.</summary>
    /// <param name="flavor">The flavor.</param>
    public static void Register(IModelFlavor flavor)
    {
        ArgumentNullException.ThrowIfNull(flavor);
        lock (Gate)
            Registered[flavor.Name] = flavor;
    }

    /// <summary>Chooses the flavor that a model is loaded in.</summary>
    /// <param name="description">What its file <c>MLmodel</c> says.</param>
    /// <param name="wanted">The flavor asked for; null for the one that scores fastest.</param>
    /// <param name="where">The model, for messages.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when it has no flavor that can be loaded here; the message says what to add.</exception>
    internal static IModelFlavor Choose(Model description, string? wanted, string where)
    {
        var has = description.Flavors.Select(flavor => flavor.Key).ToList();
        if (wanted is not null && !has.Contains(wanted))
            throw MlflowException.Invalid($"The model {where} has no flavor '{wanted}', only: {string.Join(", ", has)}.");
        lock (Gate)
        {
            var candidates = OfPackages.Select(known => known.Flavor).Union(Registered.Keys).Where(name => wanted is null ? has.Contains(name) : name == wanted).ToList();
            foreach (var name in candidates)
            {
                if (Registered.TryGetValue(name, out var flavor) || TryFind(name, out flavor))
                    return flavor;
            }

            if (Array.Find(OfPackages, known => candidates.Contains(known.Flavor)) is { Assembly: { } assembly } missing)
                throw MlflowException.Invalid($"The model {where} needs the flavor '{missing.Flavor}', which is in {assembly}. Add a reference to it, in a notebook #r \"{assembly}.dll\".");
            throw MlflowException.Invalid(
                $"The model {where} has no flavor that can be loaded from .NET, only: {string.Join(", ", has)}. Log it as ONNX from Python (mlflow.onnx.log_model), or register a flavor with {nameof(ModelFlavors)}.{nameof(Register)}.");
        }
    }

    private static bool TryFind(string name, out IModelFlavor flavor)
    {
        var package = Array.Find(OfPackages, known => known.Flavor == name);
        var type = package.Type is null ? null : Find(package.Assembly)?.GetType(package.Type, throwOnError: true);
        flavor = type is null ? null! : Registered[name] = (IModelFlavor)Activator.CreateInstance(type)!;
        return type is not null;
    }

    private static Assembly? Find(string name)
    {
        // A notebook's kernel loads assemblies by their paths: those that are there come first, then what lies beside this one.
        if (Array.Find(AppDomain.CurrentDomain.GetAssemblies(), loaded => loaded.GetName().Name == name) is { } already)
            return already;
        try
        {
            return Assembly.Load(new AssemblyName(name));
        }
        catch (FileNotFoundException)
        {
            var beside = Path.Combine(Path.GetDirectoryName(typeof(ModelFlavors).Assembly.Location) ?? "", name + ".dll");
            return File.Exists(beside) ? Assembly.LoadFrom(beside) : null;
        }
    }
}
