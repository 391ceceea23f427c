using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>
/// What cells see of the kernel itself: its public types, and the ones of HTML that their signatures name. The compiler follows what a
/// reference refers to, and here that would bring the compiler, the package manager and, by the facade of .NET Standard, all of .NET
/// into every cell: 90 assemblies instead of 30, and half as much time again. Left out at first and added later they would
/// make the kernel's types others than they were in the cells before. So what the public types do not need is renamed to something that
/// no assembly is called.
/// </summary>
internal static class KernelReferences
{
    private const string Facade = "netstandard";
    private const string Hidden = "-";

    private static readonly Lazy<IReadOnlyDictionary<string, PortableExecutableReference>> Found = new(Read);

    /// <summary>The assemblies, beside those that every cell references, of which the kernel's public members speak.</summary>
    internal static IReadOnlySet<string> Needed { get; } = new HashSet<string> { typeof(IHtmlContent).Assembly.GetName().Name!, "System.Text.Encodings.Web", "System.Text.Json" };

    /// <summary>The references by their names, the same objects for all sessions: by them the compiler knows what it has read.</summary>
    public static IReadOnlyDictionary<string, PortableExecutableReference> All => Found.Value;

    private static Dictionary<string, PortableExecutableReference> Read()
    {
        var known = FrameworkReferences.Core.Concat(Needed).ToHashSet(StringComparer.Ordinal);
        var (kernel, html) = (typeof(KernelReferences).Assembly, typeof(IHtmlContent).Assembly);
        return new()
        {
            [kernel.GetName().Name!] = Read(kernel.Location, known),
            [html.GetName().Name!] = Read(html.Location, known),
            // Of HTML's assembly only, which was made for .NET Standard: packages get the real one.
            [Hide(Facade)] = Read(Path.Combine(FrameworkReferences.Directory, Facade + ".dll"), known, isHidden: true),
        };
    }

    private static PortableExecutableReference Read(string path, HashSet<string> known, bool isHidden = false)
    {
        var image = File.ReadAllBytes(path);
        using (var file = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(image)))
        {
            var metadata = file.GetMetadataReader();
            var hidden = metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).Name).Where(name => !known.Contains(metadata.GetString(name))).ToList();
            if (isHidden)
                hidden.Add(metadata.GetAssemblyDefinition().Name);
            foreach (var name in hidden)
                ImageNames.Overwrite(image, file, name, Hidden);
        }

        return AssemblyMetadata.CreateFromImage(ImmutableCollectionsMarshal.AsImmutableArray(image)).GetReference(LazyDocumentation.For(path), display: path);
    }

    private static string Hide(string name) => Hidden + name[Hidden.Length..];
}
