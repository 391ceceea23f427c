using System.Text;

namespace CSharpKernel.Execution;

/// <summary>Sends what code writes to the console to the cell that the code belongs to.</summary>
internal sealed class ConsoleRouter : TextWriter
{
    private static readonly Lock Installing = new();
    private static bool _isInstalled;

    private readonly string _name;
    private readonly TextWriter _outside;

    private ConsoleRouter(string name, TextWriter outside)
    {
        _name = name;
        _outside = outside;
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Takes over the process's console, once.</summary>
    public static void Install()
    {
        lock (Installing)
        {
            if (_isInstalled)
                return;
            Console.SetOut(new ConsoleRouter("stdout", Console.Out));
            Console.SetError(new ConsoleRouter("stderr", Console.Error));
            Console.SetIn(new InputRouter(Console.In));
            _isInstalled = true;
        }
    }

    /// <summary>Takes over the process's console until the result is disposed, unless somebody has it already.</summary>
    public static IDisposable InstallForNow()
    {
        lock (Installing)
        {
            var before = new Outside(_isInstalled, Console.Out, Console.Error, Console.In);
            Install();
            return before;
        }
    }

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (CellContext.Current is { } cell)
        {
            // What a child process printed before comes first.
            ProcessOutput.Drain();
            cell.Write(_name, buffer);
        }
        else
            _outside.Write(buffer);
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Flush()
    {
        if (CellContext.Current is null)
            _outside.Flush();
    }

    private sealed class Outside(bool isKept, TextWriter output, TextWriter error, TextReader input) : IDisposable
    {
        public void Dispose()
        {
            if (isKept)
                return;
            lock (Installing)
            {
                Console.SetOut(output);
                Console.SetError(error);
                Console.SetIn(input);
                _isInstalled = false;
            }
        }
    }
}
