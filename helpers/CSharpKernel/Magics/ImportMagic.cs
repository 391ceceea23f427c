using CSharpKernel.Scripting;

namespace CSharpKernel.Magics;

/// <summary><c>#!import path</c>: runs the cells of another notebook or script here.</summary>
internal sealed class ImportMagic : Magic
{
    public override IReadOnlyList<string> Names => ["import"];

    public override string Description => "Runs another notebook (.ipynb, .dib) or script (.cs, .csx) here";

    public override IReadOnlyList<MagicParameter>? Parameters => null;

    public override async Task RunAsync(MagicCall call)
    {
        var path = call.Segment.Arguments.Trim('"', '\'');
        if (path.Length == 0)
            throw new MagicException("#!import needs the path of a notebook (.ipynb, .dib) or script (.cs, .csx).");
        var imports = call.Cell.Imports;
        var full = NotebookPath.Resolve(path, imports.Count > 0 ? Path.GetDirectoryName(imports[^1])! : call.Engine.Folder);
        if (!File.Exists(full))
            throw new FileNotFoundException($"The file of #!import does not exist: {full}. Relative paths start at the folder of the file that holds the #!import.", full);
        if (imports.Contains(full))
            throw new MagicException($"#!import goes round in a circle: {string.Join(" -> ", imports.Append(full).Select(Path.GetFileName))}.");
        imports.Add(full);
        var number = 0;
        foreach (var cell in await ImportedFile.ReadAsync(full, call.Cell.CancellationToken))
        {
            number++;
            if (cell.IsMarkdown)
                call.Cell.Display(Display.DisplayBundle.Of(Display.MimeTypes.Markdown, cell.Text));
            else
                await call.Engine.RunTextAsync(cell.Text, $"cell {number} of {Path.GetFileName(full)}", call.Cell);
        }

        imports.RemoveAt(imports.Count - 1);
    }
}
