using CSharpKernel.Cells;
using CSharpKernel.Magics;

namespace CSharpKernel.Tests.Cells;

public sealed class CellSplitterTests
{
    [Theory]
    [InlineData("var x = 1;\nx", "code@0[var x = 1;\nx]")]
    [InlineData("", "code@0[]")]
    [InlineData("#!time\nx", "time@0[] code@1[\nx]")]
    [InlineData("#!markdown\n# Title\n#!csharp\nx", "markdown@0[# Title] csharp@2[] code@3[\n\n\nx]")]
    [InlineData("x\n#!time\ny", "code@0[x] time@1[] code@2[\n\ny]")]
    [InlineData("x\r\ny", "code@0[x\ny]")]
    public void A_cell_is_cut_at_its_magics_and_lines_stay_where_they_are(string cell, string expected) =>
        Assert.Equal(expected, string.Join(' ', Split(cell).Select(segment => $"{segment.Magic ?? "code"}@{segment.Line}[{segment.Text}]")));

    [Fact]
    public void References_leave_an_empty_line_behind()
    {
        var segment = Assert.Single(Split("#r \"nuget: A, 1.0\"\n#i \"nuget: folder\"\n#r \"b.dll\"\nx"));
        Assert.Equal("\n\n\nx", segment.Text);
        Assert.Equal(
            [new(ReferenceKind.Package, "A, 1.0", 0), new(ReferenceKind.PackageSource, "folder", 1), new ReferenceDirective(ReferenceKind.Assembly, "b.dll", 2)],
            segment.References);
    }

    [Theory]
    [InlineData("var text = @\"\n#!time\n\";")]
    [InlineData("/*\n#!time\n#r \"nuget: A\"\n*/")]
    [InlineData("var raw = \"\"\"\n#r \"nuget: A\"\n\"\"\";")]
    [InlineData("#region a\nx\n#endregion")]
    public void What_only_looks_like_a_directive_is_code(string cell)
    {
        var segment = Assert.Single(Split(cell));
        Assert.Equal((null, cell, 0), (segment.Magic, segment.Text, segment.References.Count));
    }

    private static IReadOnlyList<CellSegment> Split(string cell) => CellSplitter.Split(cell, new MagicRegistry().TakesText);

    [Theory]
    [InlineData("#!")]
    [InlineData("1\n#!\n2")]
    [InlineData("#!/bin/bash\n1")]
    [InlineData("#!/")]
    public void A_magic_without_a_name_and_the_first_line_of_a_script_end_the_splitting_too(string cell) =>
        Assert.NotEmpty(CellSplitter.Split(cell, _ => false));
}
