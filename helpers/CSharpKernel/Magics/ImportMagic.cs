namespace CSharpKernel.Magics;

/// <summary><c>#!import path</c>: runs the cells of another notebook or script here.</summary>
internal sealed class ImportMagic : Magic
{
    public override IReadOnlyList<string> Names => ["import"];

    public override string Description => "Runs another notebook (.ipynb, .dib) or script (.cs, .csx) here";

    public override async Task RunAsync(MagicCall call)
    {
        var path = call.Segment.Arguments.Trim('"', '\'');
        if (path.Length == 0)
            throw new MagicException("#!import needs the path of a notebook (.ipynb, .dib) or script (.cs, .csx).");
        var full = Path.GetFullPath(path, call.Engine.Folder);
        if (!File.Exists(full))
            throw new FileNotFoundException($"The file of #!import does not exist: {full}. Relative paths start at the notebook's folder.", full);
        var number = 0;
        foreach (var cell in await ImportedFile.ReadAsync(full, call.Cell.CancellationToken))
        {
            number++;
            if (cell.IsMarkdown)
                call.Cell.Display(Display.DisplayBundle.Of(Display.MimeTypes.Markdown, cell.Text));
            else
                await call.Engine.RunTextAsync(cell.Text, $"cell {number} of {Path.GetFileName(full)}", call.Cell);
        }
    }
}
