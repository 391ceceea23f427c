using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CSharpKernel.Display;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Magics;

/// <summary><c>#!javascript</c>: runs the text below it in the notebook's page, in front ends that allow it.</summary>
internal sealed class JavaScriptMagic : Magic
{
    public override IReadOnlyList<string> Names => ["javascript", "js"];

    public override string Description => "Runs the text below it as JavaScript in the notebook's page";

    public override bool TakesText => true;

    public override Task RunAsync(MagicCall call)
    {
        var script = Share(call) + call.Text;
        // Front ends run one of the two.
        call.Cell.Display(new DisplayBundle(new Dictionary<string, object>
        {
            [MimeTypes.JavaScript] = script,
            [MimeTypes.Html] = $"<script type=\"text/javascript\">{script}</script>",
            [MimeTypes.Plain] = "JavaScript that runs in the notebook's page",
        }));
        return Task.CompletedTask;
    }

    // There is no browser to keep values in when a notebook runs without one, so each script brings those that it names.
    private static string Share(MagicCall call)
    {
        var shared = new StringBuilder();
        foreach (var (name, _, value) in call.Engine.Values.All("javascript"))
            if (SyntaxFacts.IsValidIdentifier(name) && Regex.IsMatch(call.Text, $@"\b{Regex.Escape(name)}\b", RegexOptions.CultureInvariant))
                shared.Append("var ").Append(name).Append(" = ").Append(JsonSerializer.Serialize(value)).Append(";\n");
        return shared.ToString();
    }
}
