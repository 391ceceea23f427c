namespace MLflowSharp.Server.GraphQL;

/// <summary>
/// Reads which fields a GraphQL query asks for (https://spec.graphql.org). Arguments, directives and variables' types are passed over: each of
/// MLflow's operations takes its input from one variable. Fragments, which its pages do not use, are refused.
/// </summary>
internal sealed class SelectionParser
{
    /// <summary>Deeper than any of MLflow's types; a query cannot use up the stack.</summary>
    private const int DeepestSelection = 32;

    private readonly string _text;
    private int _at;

    private SelectionParser(string text) => _text = text;

    /// <summary>Reads the fields of the operation of a name, or of the first.</summary>
    /// <exception cref="MlflowException">BAD_REQUEST.</exception>
    public static IReadOnlyList<SelectedField> Parse(string query, string? operation)
    {
        var parser = new SelectionParser(query);
        while (parser.Peek() != '\0')
        {
            var name = parser.OperationName();
            parser.SkipTo('{');
            var fields = parser.Fields(1);
            if (string.IsNullOrEmpty(operation) || name == operation)
                return fields;
        }

        throw Bad($"There is no operation '{operation}' in the query.");
    }

    private static MlflowException Bad(string why) => new($"The GraphQL query cannot be answered. {why}", ErrorCode.BadRequest);

    private string OperationName()
    {
        if (Peek() == '{')
            return "";
        var kind = Name();
        if (kind == "fragment")
            throw Bad("Fragments are not supported.");
        return char.IsLetter(Peek()) || Peek() == '_' ? Name() : "";
    }

    private List<SelectedField> Fields(int depth)
    {
        if (depth > DeepestSelection)
            throw Bad($"Its fields are nested more than {DeepestSelection} deep.");
        Expect('{');
        var fields = new List<SelectedField>();
        while (Peek() != '}')
        {
            if (Peek() == '.')
                throw Bad("Fragments are not supported.");
            var name = Name();
            var alias = name;
            if (Peek() == ':')
            {
                Expect(':');
                name = Name();
            }

            while (Peek() is '(' or '@')
                SkipExtra();
            fields.Add(new(alias, name, Peek() == '{' ? Fields(depth + 1) : []));
        }

        Expect('}');
        return fields;
    }

    /// <summary>Passes over arguments or a directive.</summary>
    private void SkipExtra()
    {
        if (Peek() == '@')
        {
            _at++;
            Name();
            if (Peek() != '(')
                return;
        }

        Expect('(');
        for (var open = 1; open > 0;)
        {
            var next = Next();
            open += next == '(' ? 1 : next == ')' ? -1 : 0;
        }
    }

    private void SkipTo(char wanted)
    {
        while (Peek() != wanted)
        {
            if (Peek() == '(' || Peek() == '@')
                SkipExtra();
            else
                Next();
        }
    }

    private string Name()
    {
        Peek();
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
            _at++;
        return _at > start ? _text[start.._at] : throw Bad($"A name is expected at position {start}.");
    }

    private void Expect(char wanted)
    {
        if (Peek() != wanted)
            throw Bad($"'{wanted}' is expected at position {_at}.");
        _at++;
    }

    /// <summary>The next character that is no space, comma or comment; a zero at the end.</summary>
    private char Peek()
    {
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] is ',' or '#' or '\ufeff'))
        {
            if (_text[_at] == '#')
                _at = _text.IndexOf('\n', _at) is var end and >= 0 ? end : _text.Length;
            else
                _at++;
        }

        return _at < _text.Length ? _text[_at] : '\0';
    }

    /// <summary>Takes a character, or a whole text in quotes.</summary>
    private char Next()
    {
        var next = Peek();
        if (next == '\0')
            throw Bad("It ends too early.");
        _at++;
        if (next != '"')
            return next;
        while (_at < _text.Length && _text[_at] != '"')
            _at += _text[_at] == '\\' ? 2 : 1;
        _at++;
        return next;
    }
}
