using CSharpKernel.Display;
using CSharpKernel.Scripting;
using System.Text.Json;

namespace CSharpKernel.Magics;

/// <summary><c>#!value</c>: keeps text under a name, for other kernels to share.</summary>
internal sealed class ValueMagic : Magic
{
    private static readonly string[] Sources = ["--from-file", "--from-url", "--from-value"];

    public override IReadOnlyList<string> Names => ["value"];

    public override string Description => "Keeps the text below it, or that of a file, an address or another value, under a name";

    public override bool TakesText => true;

    public override IReadOnlyList<MagicParameter> Parameters =>
    [
        new("--name", "the name to share the value by", IsRequired: true, IsImplicit: true),
        new("--from-file", "the file to read"),
        new("--from-url", "the address to read"),
        new("--from-value", "another value, such as @csharp:x or @input"),
        new("--mime-type", "what the text is; then it is shown as such"),
    ];

    public override async Task RunAsync(MagicCall call)
    {
        var name = (await call.Arguments.ReadTextAsync("--name", call))!;
        var mimeType = await call.Arguments.ReadTextAsync("--mime-type", call);
        var sources = Sources.Where(call.Arguments.Has).ToList();
        if (sources.Count > 1)
            throw new MagicException($"#!value takes only one of {string.Join(" and ", sources)}. Usage: {Usage}");
        if (sources.Count == 1 && call.Segment.Text.Trim().Length > 0)
            throw new MagicException($"#!value takes either {sources[0]} or the text below it, not both.");
        var value = sources switch
        {
            ["--from-file"] => await ReadFileAsync((await call.Arguments.ReadTextAsync("--from-file", call))!, call),
            ["--from-url"] => await ReadAddressAsync((await call.Arguments.ReadTextAsync("--from-url", call))!, call),
            ["--from-value"] => await MagicValue.ReadAsync(call.Arguments.Find("--from-value")!, name, call),
            _ => call.Segment.Text.Trim('\n'),
        };
        await call.Engine.Values.SetAsync(call.Cell, "value", name, value);
        call.Cell.Display(mimeType is not null && value is string text ? Show(mimeType, text) : call.Engine.Formatter.Format(value));
    }

    private static DisplayBundle Show(string mimeType, string text)
    {
        try
        {
            return new DisplayBundle(new Dictionary<string, object> { [mimeType] = mimeType == MimeTypes.Json ? JsonDocument.Parse(text) : text, [MimeTypes.Plain] = text });
        }
        catch (JsonException e)
        {
            throw new MagicException($"The value is not {mimeType}: {e.Message}");
        }
    }

    private static async Task<string> ReadFileAsync(string path, MagicCall call)
    {
        var full = NotebookPath.Resolve(path, call.Engine.Folder);
        return File.Exists(full)
            ? await File.ReadAllTextAsync(full, call.Cell.CancellationToken)
            : throw new FileNotFoundException($"The file of #!value does not exist: {full}. Relative paths start at the notebook's folder.", full);
    }

    private static async Task<string> ReadAddressAsync(string address, MagicCall call)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new MagicException($"'{address}' is no address that #!value can read: it must begin with https:// or http://.");
        using var client = new HttpClient();
        return await client.GetStringAsync(uri, call.Cell.CancellationToken);
    }
}
