namespace CSharpKernel.Execution;

/// <summary>Lets code that reads the console ask the user in the notebook (Jupyter messaging, "input_request").</summary>
internal sealed class InputRouter(TextReader outside) : TextReader
{
    private string _rest = "";

    public override string? ReadLine()
    {
        if (CellContext.Current is not { } cell)
            return outside.ReadLine();
        if (_rest.Length > 0)
        {
            var end = _rest.IndexOf('\n', StringComparison.Ordinal);
            var line = _rest[..end];
            _rest = _rest[(end + 1)..];
            return line;
        }

        return cell.ReadInputAsync("", password: false).GetAwaiter().GetResult();
    }

    public override int Peek()
    {
        if (CellContext.Current is null)
            return outside.Peek();
        Fill();
        return _rest[0];
    }

    public override int Read()
    {
        if (CellContext.Current is null)
            return outside.Read();
        Fill();
        var letter = _rest[0];
        _rest = _rest[1..];
        return letter;
    }

    private void Fill()
    {
        if (_rest.Length == 0)
            _rest = ReadLine() + "\n";
    }
}
