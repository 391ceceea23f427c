using System.Collections.Concurrent;
using System.Reflection;

namespace CSharpKernel.Display.Foreign;

/// <summary>Draws the tables, trees and bars of Spectre.Console as text, as its console would, without a reference to it.</summary>
internal static class ConsoleDrawing
{
    private const string Renderable = "Spectre.Console.Rendering.IRenderable";
    private static readonly ConcurrentDictionary<Type, Func<object, string>?> Writers = new();

    /// <summary>Whether values of a type are drawings.</summary>
    public static bool Is(Type type) => Writers.GetOrAdd(type, Find) is not null;

    /// <summary>Draws a value.</summary>
    /// <returns>Null when it is no drawing.</returns>
    public static DisplayBundle? TryRead(object value) =>
        Writers.GetOrAdd(value.GetType(), Find) is { } draw && draw(value) is var text ? DisplayBundle.OfHtml(HtmlFormatter.Preformatted(text), text) : null;

    private static Func<object, string>? Find(Type type)
    {
        if (type.GetInterface(Renderable) is not { } renderable)
            return null;
        var library = renderable.Assembly.GetType("Spectre.Console.AnsiConsole")?.Assembly
            ?? System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(renderable.Assembly)?.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == "Spectre.Console");
        Type? Named(string name) => library?.GetType("Spectre.Console." + name);
        if (Named("AnsiConsole")?.GetMethod("Create") is not { } create || Named("AnsiConsoleSettings") is not { } settings
            || Named("AnsiConsoleOutput")?.GetConstructor([typeof(TextWriter)]) is not { } output || Named("IAnsiConsole")?.GetMethod("Write", [renderable]) is not { } write)
            return null;
        return value =>
        {
            using var text = new StringWriter();
            var plain = Activator.CreateInstance(settings)!;
            foreach (var (name, choice) in new[] { ("Ansi", "No"), ("ColorSystem", "NoColors"), ("Interactive", "No") })
                if (settings.GetProperty(name) is { } property)
                    property.SetValue(plain, Enum.Parse(property.PropertyType, choice));
            settings.GetProperty("Out")!.SetValue(plain, output.Invoke([text]));
            write.Invoke(create.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [plain], null), BindingFlags.DoNotWrapExceptions, null, [value], null);
            return text.ToString().TrimEnd();
        };
    }
}
