using System.Text;

namespace NotebookTestRunner.Outputs;

/// <summary>Resolves the carriage returns and backspaces of printed text, as a terminal and JupyterLab show it.</summary>
internal static class TerminalText
{
    /// <summary>
    /// The text as seen: after <c>\r</c> a line is written over from its start, <c>\b</c> removes the character before. A
    /// progress line that rewrote itself a thousand times leaves its last state only.
    /// </summary>
    public static string Resolve(string text)
    {
        if (!text.AsSpan().ContainsAny('\r', '\b')) return text;

        var resolved = new StringBuilder(text.Length);
        var line = new StringBuilder();
        var position = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\n':
                    resolved.Append(line).Append('\n');
                    line.Clear();
                    position = 0;
                    break;
                case '\r':
                    position = 0;
                    break;
                case '\b' when position > 0:
                    line.Remove(--position, 1);
                    break;
                case '\b':
                    break;
                case var c when position < line.Length:
                    line[position++] = c;
                    break;
                case var c:
                    line.Append(c);
                    position++;
                    break;
            }
        }
        return resolved.Append(line).ToString();
    }
}
