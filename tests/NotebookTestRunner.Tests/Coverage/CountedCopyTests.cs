using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.Emit;
using NotebookTestRunner.Coverage;

namespace NotebookTestRunner.Tests.Coverage;

public sealed class CountedCopyTests : IDisposable
{
    private const string Source = "public static class Sums\n{\n    public static int Add(int a, int b)\n    {\n        return a + b;\n    }\n}\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(DebugInformationFormat.PortablePdb)]
    [InlineData(DebugInformationFormat.Embedded)]
    public void A_copy_that_nobody_told_where_to_count_runs_all_the_same(DebugInformationFormat format)
    {
        var copy = folder.File("Sums.dll.counted");

        var (counts, points) = CountedCopy.Make(SmallLibrary.Build(folder, "Sums", Source, format: format), copy)!.Value;

        Assert.StartsWith("Sums-", counts, StringComparison.Ordinal);
        Assert.Equal(new CodePoint(new MethodName("Sums", "Add"), folder.File("source/Sums.cs"), 5), Assert.Single(points));
        var context = new AssemblyLoadContext(nameof(CountedCopyTests), isCollectible: true);
        Assert.Equal(5, context.LoadFromAssemblyPath(copy).GetType("Sums")!.GetMethod("Add")!.Invoke(null, [2, 3]));
        context.Unload();
    }

    [Fact]
    public void The_copy_of_an_assembly_with_machine_code_has_its_code_alone()
    {
        var assembly = SmallLibrary.Build(folder, "Sums", Source);
        var bytes = File.ReadAllBytes(assembly);
        using (var file = new PEReader(new MemoryStream(bytes)))
        {
            // What the build's compiler to machine code says of its result, for Linux on x64.
            BitConverter.GetBytes((ushort)0xFD1D).CopyTo(bytes, file.PEHeaders.CoffHeaderStartOffset);
            BitConverter.GetBytes((int)CorFlags.ILLibrary).CopyTo(bytes, file.PEHeaders.CorHeaderStartOffset + 16);
        }
        File.WriteAllBytes(assembly, bytes);

        CountedCopy.Make(assembly, folder.File("copy"));

        using var copy = new PEReader(File.OpenRead(folder.File("copy")));
        Assert.Equal((Machine.I386, CorFlags.ILOnly), (copy.PEHeaders.CoffHeader.Machine, copy.PEHeaders.CorHeader!.Flags));
    }

    [Fact]
    public void Somebody_elses_library_and_what_is_no_assembly_get_no_copy()
    {
        var copy = folder.File("copy");
        var far = SmallLibrary.Build(folder, "Far", Source, withSource: false);
        var bare = SmallLibrary.Build(folder, "Bare", Source);
        File.Delete(Path.ChangeExtension(bare, ".pdb"));

        Assert.All([far, bare, folder.Write("text.dll", "no assembly")], assembly => Assert.Null(CountedCopy.Make(assembly, copy)));
        Assert.False(File.Exists(copy));
    }

    [Fact]
    public void A_folder_gets_its_copies_once_and_loses_those_that_a_killed_run_left()
    {
        SmallLibrary.Build(folder, "Sums", Source);
        var (left, others) = (folder.Write("library/Sums.dll.counted-left", ""), folder.Write("library/Sums.dll.counted-others", ""));
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow - TimeSpan.FromDays(2));
        // As the build links what several projects use.
        Directory.CreateDirectory(folder.File("other"));
        foreach (var name in (string[])["Sums.dll", "Sums.pdb"]) File.CreateSymbolicLink(folder.File($"other/{name}"), folder.File($"library/{name}"));
        var counts = folder.File("counts");
        using (var coverage = new DotnetCoverage(counts))
        {
            coverage.Count(folder.File("library"));
            coverage.Count(Path.Combine(folder.File("library"), "."));
            coverage.Count(folder.File("other"));
            coverage.Count(folder.File("gone"));

            var ending = coverage.Variables("a notebook")[DotnetCoverage.CopyVariable];
            Assert.Equal([$"Sums.dll{ending}", "Sums.dll.counted-others"], Copies());
            Assert.Equal(File.ReadAllBytes(folder.File($"library/Sums.dll{ending}")), File.ReadAllBytes(folder.File($"other/Sums.dll{ending}")));
            Assert.Equal(coverage.Variables("a notebook")["NOTEBOOK_COVERAGE_FOLDER"], coverage.Variables("a notebook")["NOTEBOOK_COVERAGE_FOLDER"]);
            Assert.NotEqual(coverage.Variables("a notebook")["NOTEBOOK_COVERAGE_FOLDER"], coverage.Variables("another")["NOTEBOOK_COVERAGE_FOLDER"]);
        }
        Assert.Equal([Path.GetFileName(others)], Copies());
        Assert.Equal(2, Directory.GetFiles(folder.File("other")).Length);

        IEnumerable<string?> Copies() => Directory.EnumerateFiles(folder.File("library"), "*.counted-*").Select(Path.GetFileName).OrderBy(name => name!.Contains("others", StringComparison.Ordinal)).ThenBy(name => name, StringComparer.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_counted_is_told()
    {
        Directory.CreateDirectory(folder.File("library"));
        File.CreateSymbolicLink(folder.File("library/Dangling.dll"), folder.File("gone"));
        using var coverage = new DotnetCoverage(folder.Path);

        var told = Assert.Throws<NotebookRunException>(() => coverage.Count(folder.File("library")));

        Assert.StartsWith($"What runs of the assemblies in {folder.File("library")} is not counted, as copies of them cannot be laid there (", told.Message, StringComparison.Ordinal);
    }
}
