using System.Text;
using System.Text.Json;

namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>
/// A place in JSON text that moves forward. <see cref="Utf8JsonReader"/> does not do here: Python writes and reads <c>NaN</c> and
/// <c>Infinity</c>, which it refuses, and of a thousand pictures most of the time goes into its numbers.
/// </summary>
/// <param name="json">The whole text.</param>
internal ref struct JsonCursor(ReadOnlySpan<byte> json)
{
    private const int DeepestNesting = 64;

    private readonly ReadOnlySpan<byte> _json = json;
    private int _position;

    /// <summary>Where in the text, in bytes from its start; may be set to come back to a place.</summary>
    public int Position
    {
        readonly get => _position;
        set => _position = value;
    }

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _json.Length - _position;

    /// <summary>The next character that is not white space, without taking it; 0 at the end.</summary>
    public byte Peek()
    {
        while (_position < _json.Length)
        {
            var next = _json[_position];
            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                return next;
            _position++;
        }

        return 0;
    }

    /// <summary>Takes a character if it is the next one.</summary>
    public bool TryTake(char character)
    {
        if (Peek() != character)
            return false;
        _position++;
        return true;
    }

    /// <summary>Takes a character that must come.</summary>
    public void Take(char character)
    {
        if (!TryTake(character))
            throw Unexpected($"'{character}'");
    }

    /// <summary>After an item of a list or an object: whether another follows. Takes the comma or the bracket.</summary>
    public bool HasNext(char closing)
    {
        if (TryTake(','))
            return true;
        if (TryTake(closing))
            return false;
        throw Unexpected($"',' or '{closing}'");
    }

    /// <summary>Takes a text.</summary>
    public string TakeText()
    {
        var raw = TakeRawText(out var isEscaped);
        try
        {
            return isEscaped ? Unescape(raw) : Strict.GetString(raw);
        }
        catch (Exception damage) when (damage is DecoderFallbackException or JsonException)
        {
            throw Malformed("a text is not valid UTF-8");
        }
    }

    /// <summary>Takes a text as it is written, between its quotation marks.</summary>
    public ReadOnlySpan<byte> TakeRawText(out bool isEscaped)
    {
        Take('"');
        isEscaped = false;
        var start = _position;
        while (true)
        {
            var found = _json[_position..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0)
                throw Malformed("a text has no end");
            _position += found;
            if (_json[_position] == (byte)'"')
                break;
            isEscaped = true;
            _position = Math.Min(_position + 2, _json.Length);
        }

        var raw = _json[start.._position];
        _position++;
        return raw;
    }

    /// <summary>Takes a number, <c>NaN</c> or an infinity as a 32-bit float; it is the nearest one to the nearest 64-bit one, as NumPy's.</summary>
    public float TakeSingle() => TryTakeSingle(out var value) ? value : throw Unexpected("a number");

    /// <summary>Takes zeros, each with the comma behind it.</summary>
    /// <returns>How many there were; another value must follow.</returns>
    public int TakeZeros()
    {
        Peek();
        return NumberScanner.SkipZeros(_json, ref _position);
    }

    /// <summary>As <see cref="TakeSingle"/>, if a number comes next.</summary>
    public bool TryTakeSingle(out float value)
    {
        Peek();
        return NumberScanner.TryReadSingle(_json, ref _position, out value);
    }

    /// <summary>Takes a number, <c>NaN</c> or an infinity.</summary>
    /// <param name="whole">The same as a whole number, where it is written as one that 64 bits hold.</param>
    public double TakeNumber(out long? whole)
    {
        Peek();
        return NumberScanner.TryReadDouble(_json, ref _position, out var value, out whole) ? value : throw Unexpected("a number");
    }

    /// <summary>Takes a word such as <c>null</c> if it comes next.</summary>
    public bool TryTakeWord(ReadOnlySpan<byte> word)
    {
        Peek();
        if (!_json[_position..].StartsWith(word))
            return false;
        _position += word.Length;
        return true;
    }

    /// <summary>Takes any value, and looks only whether it is one.</summary>
    public void Skip(int depth = 0)
    {
        if (depth > DeepestNesting)
            throw Malformed($"it is nested more than {DeepestNesting} levels deep");
        switch (Peek())
        {
            case (byte)'[':
                _position++;
                if (TryTake(']'))
                    return;
                do
                    Skip(depth + 1);
                while (HasNext(']'));
                return;
            case (byte)'{':
                _position++;
                if (TryTake('}'))
                    return;
                do
                {
                    TakeRawText(out _);
                    Take(':');
                    Skip(depth + 1);
                }
                while (HasNext('}'));
                return;
            case (byte)'"':
                TakeRawText(out _);
                return;
            default:
                if (!TryTakeWord("true"u8) && !TryTakeWord("false"u8) && !TryTakeWord("null"u8))
                    TakeNumber(out _);
                return;
        }
    }

    /// <summary>The end must come.</summary>
    public void End()
    {
        if (Peek() != 0 || _position < _json.Length)
            throw Unexpected("the end");
    }

    /// <summary>Says what is in the way, without repeating what may be long.</summary>
    public MlflowException Unexpected(string expected)
    {
        var found = Peek() switch
        {
            0 when _position >= _json.Length => "the end",
            < 32 or > 126 => "something else",
            var character => $"'{(char)character}'",
        };
        return Malformed($"{expected} was expected, and {found} found");
    }

    private readonly MlflowException Malformed(string trouble) =>
        new($"Invalid input. Ensure that input is a valid JSON formatted string. Error: at byte {_position}, {trouble}.", ErrorCode.BadRequest);

    private static Encoding Strict { get; } = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        byte[] quoted = [(byte)'"', .. raw, (byte)'"'];
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }
}
