using System.Globalization;
using System.Text;

namespace MLflowSharp.Stores.Files.Yaml;

/// <summary>Writes the bytes that <c>yaml.safe_dump(…, allow_unicode=True, default_flow_style=False)</c> writes: sorted keys, block style, lines folded after column 80.</summary>
internal sealed class YamlWriter
{
    private const int BestWidth = 80;
    private const int IndentStep = 2;

    private readonly StringBuilder _text = new();
    private int _column;

    // LibYAML's emitter keeps the same two: whether a blank, and whether nothing but indentation, stands before the place of writing.
    private bool _afterBlank = true;
    private bool _inIndentation = true;

    public static string Write(YamlMap map)
    {
        var writer = new YamlWriter();
        writer.WriteValue(map, -1, afterKey: false);
        if (writer._column > 0)
            writer.Break();
        return writer._text.ToString();
    }

    private void WriteValue(object? value, int indent, bool afterKey)
    {
        switch (value)
        {
            case YamlMap { Count: > 0 } map:
                WriteMap(map, indent < 0 ? 0 : indent + IndentStep);
                break;
            case List<object?> { Count: > 0 } list:
                // A list stands under its key without further indentation.
                WriteList(list, afterKey && !_inIndentation ? indent : indent < 0 ? 0 : indent + IndentStep);
                break;
            case YamlMap or List<object?>:
                Indicator(value is YamlMap ? "{}" : "[]", needBlank: true);
                break;
            case string text:
                WriteText(text, indent + IndentStep, isSimpleKey: false);
                break;
            default:
                WritePlain(value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture)!, indent + IndentStep, fold: true);
                break;
        }
    }

    private void WriteMap(YamlMap map, int indent)
    {
        foreach (var (key, value) in map)
        {
            Indent(indent);
            if (YamlScalar.IsSimpleKey(key))
            {
                WriteText(key, indent + IndentStep, isSimpleKey: true);
                Indicator(":");
            }
            else
            {
                Indicator("?", needBlank: true, isIndentation: true);
                WriteText(key, indent + IndentStep, isSimpleKey: false);
                Indent(indent);
                Indicator(":", needBlank: true, isIndentation: true);
            }

            WriteValue(value, indent, afterKey: true);
        }
    }

    private void WriteList(List<object?> list, int indent)
    {
        foreach (var item in list)
        {
            Indent(indent);
            Indicator("-", needBlank: true, isIndentation: true);
            WriteValue(item, indent, afterKey: false);
        }
    }

    private void WriteText(string text, int indent, bool isSimpleKey)
    {
        switch (YamlScalar.StyleOf(text, isSimpleKey))
        {
            case YamlStyle.Plain:
                WritePlain(text, indent, fold: !isSimpleKey);
                break;
            case YamlStyle.SingleQuoted:
                WriteSingleQuoted(text, indent, fold: !isSimpleKey);
                break;
            default:
                WriteDoubleQuoted(text, indent, fold: !isSimpleKey);
                break;
        }
    }

    private void WritePlain(string text, int indent, bool fold)
    {
        if (!_afterBlank)
            Put(' ');
        var afterSpace = false;
        for (var at = 0; at < text.Length; at++)
        {
            var isSpace = text[at] == ' ';
            if (isSpace && fold && !afterSpace && _column > BestWidth && text[at + 1] != ' ')
                Indent(indent);
            else
                Put(text[at]);
            afterSpace = isSpace;
        }

        (_afterBlank, _inIndentation) = (false, false);
    }

    private void WriteSingleQuoted(string text, int indent, bool fold)
    {
        Indicator("'", needBlank: true);
        var (afterSpace, afterBreak) = (false, false);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == ' ')
            {
                if (fold && !afterSpace && _column > BestWidth && at > 0 && at < text.Length - 1 && text[at + 1] != ' ')
                    Indent(indent);
                else
                    Put(' ');
                afterSpace = true;
            }
            else if (YamlScalar.IsBreak(letter))
            {
                if (!afterBreak && letter == '\n')
                    Break();
                if (letter == '\n')
                    Break();
                else
                    PutBreak(letter);
                (_inIndentation, afterBreak) = (true, true);
            }
            else
            {
                if (afterBreak)
                    Indent(indent);
                if (letter == '\'')
                    Put('\'');
                Put(letter);
                (_inIndentation, afterSpace, afterBreak) = (false, false, false);
            }
        }

        if (afterBreak)
            Indent(indent);
        Indicator("'");
    }

    private void WriteDoubleQuoted(string text, int indent, bool fold)
    {
        Indicator("\"", needBlank: true);
        var afterSpace = false;
        for (var at = 0; at < text.Length;)
        {
            var rune = Rune.GetRuneAt(text, at);
            var length = rune.Utf16SequenceLength;
            if (!YamlScalar.IsPrintable(rune.Value) || YamlScalar.IsBreak(rune.Value) || rune.Value is '"' or '\\')
            {
                foreach (var letter in Escape(rune.Value))
                    Put(letter);
                afterSpace = false;
            }
            else if (rune.Value == ' ')
            {
                if (fold && !afterSpace && _column > BestWidth && at > 0 && at < text.Length - 1)
                {
                    Indent(indent);
                    if (text[at + 1] == ' ')
                        Put('\\');
                }
                else
                {
                    Put(' ');
                }

                afterSpace = true;
            }
            else
            {
                Put(text[at]);
                afterSpace = false;
            }

            at += length;
        }

        Indicator("\"");
    }

    private static string Escape(int rune) => rune switch
    {
        0 => "\\0",
        7 => "\\a",
        8 => "\\b",
        9 => "\\t",
        10 => "\\n",
        11 => "\\v",
        12 => "\\f",
        13 => "\\r",
        0x1B => "\\e",
        '"' => "\\\"",
        '\\' => "\\\\",
        0x85 => "\\N",
        0xA0 => "\\_",
        0x2028 => "\\L",
        0x2029 => "\\P",
        <= 0xFF => string.Create(CultureInfo.InvariantCulture, $"\\x{rune:X2}"),
        <= 0xFFFF => string.Create(CultureInfo.InvariantCulture, $"\\u{rune:X4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{rune:X8}"),
    };

    private void Indicator(string indicator, bool needBlank = false, bool isIndentation = false)
    {
        if (needBlank && !_afterBlank)
            Put(' ');
        foreach (var letter in indicator)
            Put(letter);
        (_afterBlank, _inIndentation) = (false, _inIndentation && isIndentation);
    }

    private void Indent(int indent)
    {
        if (!_inIndentation || _column > indent || (_column == indent && !_afterBlank))
            Break();
        while (_column < indent)
            Put(' ');
        (_afterBlank, _inIndentation) = (true, true);
    }

    private void Put(char letter)
    {
        _text.Append(letter);
        if (!char.IsLowSurrogate(letter))
            _column++;
    }

    private void Break() => PutBreak('\n');

    private void PutBreak(char letter)
    {
        _text.Append(letter);
        _column = 0;
    }
}
