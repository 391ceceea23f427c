using System.Reflection;
using System.Runtime.Loader;

namespace MLflowSharp;

/// <summary>Loads C# functions that were saved as models.</summary>
internal sealed class FunctionModelFlavor : IModelFlavor
{
    public const string FlavorName = "dotnet";

    public string Name => FlavorName;

    public IModelScorer Load(string directory, Model description)
    {
        var settings = description.Flavors[FlavorName]!;
        var (path, type, method) = (settings["assembly"]?.ToString() ?? "", settings["type"]?.ToString() ?? "", settings["method"]?.ToString() ?? "");
        var file = Path.GetFullPath(Path.Combine(directory, path));
        if (!file.StartsWith(Path.GetFullPath(directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(file))
            throw MlflowException.Missing($"The model's assembly '{path}' is not in {directory}. Copy the whole folder of the model.");
        var context = new ModelAssemblies(file);
        try
        {
            var owner = context.LoadFromAssemblyPath(file).GetType(type, throwOnError: true)!;
            var found = owner.GetMethod(method, BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [typeof(ModelData)])
                ?? throw new MissingMethodException(type, method);
            return new Scorer(found.CreateDelegate<Func<ModelData, ModelData>>(found.IsStatic ? null : FunctionTarget.Create(owner)), context);
        }
        catch (Exception damage) when (damage is BadImageFormatException or TypeLoadException or MissingMemberException or FileLoadException or FileNotFoundException or ArgumentException)
        {
            context.Unload();
            throw new MlflowException($"The function {type}.{method} cannot be loaded from {file}: {damage.Message.ReplaceLineEndings(" ")}", ErrorCode.DataLoss, damage);
        }
    }

    /// <summary>The assemblies beside one model, apart from those of other models. This client is shared, so that both mean the same by its types.</summary>
    private sealed class ModelAssemblies(string file) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == typeof(ModelData).Assembly.GetName().Name)
                return typeof(ModelData).Assembly;
            var beside = Path.Combine(Path.GetDirectoryName(file)!, assemblyName.Name + ".dll");
            return File.Exists(beside) ? LoadFromAssemblyPath(beside) : null;
        }
    }

    private sealed class Scorer(Func<ModelData, ModelData> predict, AssemblyLoadContext context) : IModelScorer
    {
        public ModelData Predict(ModelData data, IReadOnlyDictionary<string, object?> parameters) => predict(data);

        public void Dispose() => context.Unload();
    }
}
