using System.Globalization;
using System.IO.Compression;
using System.Text;
using CSharpKernel.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Tests.Packages;

/// <summary>A folder of packages made for a test, and a <c>nuget.config</c> that names nothing else: no network, no packages of this machine.</summary>
public sealed class PackageSource
{
    private readonly string _folder;

    public PackageSource(string notebookFolder)
    {
        _folder = Path.Combine(notebookFolder, "source");
        Unpacked = Path.Combine(notebookFolder, "unpacked");
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(notebookFolder, "nuget.config"), """
            <configuration>
              <config><add key="globalPackagesFolder" value="unpacked" /></config>
              <packageSources><clear /><add key="test" value="source" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>Where packages are unpacked.</summary>
    public string Unpacked { get; }

    /// <summary>The folder of the packages.</summary>
    public string Folder => _folder;

    /// <summary>Adds a package with one assembly whose class, named like the package, has its version as <c>Version</c>.</summary>
    /// <param name="name">The package's name.</param>
    /// <param name="version">Its version, also the assembly's.</param>
    /// <param name="dependencies">Names with ranges, as <c>Other [1.0,2.0)</c>.</param>
    public void Add(string name, string version, params string[] dependencies) =>
        AddFiles(name, version, string.Concat(dependencies.Select(Dependency)), ($"lib/net8.0/{name}.dll", Compile(name, version)));

    /// <summary>Adds a package of files.</summary>
    public void AddFiles(string name, string version, string dependencies, params (string Path, byte[] Content)[] files)
    {
        using var stream = File.Create(Path.Combine(_folder, $"{name}.{version}.nupkg"));
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create);
        Write(archive, $"{name}.nuspec", Encoding.UTF8.GetBytes(
            $"<package><metadata><id>{name}</id><version>{version}</version><authors>a</authors><description>d</description>{Nuspec(dependencies)}</metadata></package>"));
        foreach (var (path, content) in files)
            Write(archive, path, content);
    }

    /// <summary>Compiles an assembly with a class <c>X</c> whose field <c>Version</c> is its version.</summary>
    public static byte[] Compile(string name, string version, string more = "")
    {
        var number = Version.Parse(version.Split('-')[0]);
        var code = $"[assembly: System.Reflection.AssemblyVersion(\"{number.ToString(Math.Min(3, number.Revision < 0 ? 3 : 4))}\")] public static class {name.Replace('.', '_')} {{ public static readonly string Version = \"{version}\"; {more} }}";
        var compilation = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(code)], FrameworkReferences.Core.Select(each => FrameworkReferences.Find(each)!), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.True(result.Success, string.Join(' ', result.Diagnostics.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture))));
        return assembly.ToArray();
    }

    private static string Dependency(string text) => text.Split(' ', 2) is [var name, var range] ? $"<dependency id=\"{name}\" version=\"{range}\" />" : throw new ArgumentException(text);

    private static string Nuspec(string text) => text.StartsWith("<dependency ", StringComparison.Ordinal) ? $"<dependencies><group targetFramework=\"net8.0\">{text}</group></dependencies>" : text;

    private static void Write(ZipArchive archive, string path, byte[] content)
    {
        using var entry = archive.CreateEntry(path).Open();
        entry.Write(content);
    }
}
