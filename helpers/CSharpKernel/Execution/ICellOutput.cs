using CSharpKernel.Comms;
using CSharpKernel.Display;

namespace CSharpKernel.Execution;

/// <summary>Where a cell's output goes. May be called from any thread, also after the cell has ended.</summary>
internal interface ICellOutput
{
    /// <summary>Text written to <c>stdout</c> or <c>stderr</c>.</summary>
    void WriteStream(string name, string text);

    /// <summary>Something to show, or its new form when <paramref name="update"/> is set.</summary>
    void Display(DisplayBundle bundle, string displayId, bool update);

    /// <summary>The value of the cell.</summary>
    void Result(DisplayBundle bundle);

    /// <summary>A message of a comm.</summary>
    void Send(CommEnvelope envelope);

    /// <summary>Whether somebody is there who could answer a question or move a slider.</summary>
    bool HasReader { get; }

    /// <summary>Lets messages of comms be handled while the cell runs, until what is returned is disposed.</summary>
    IDisposable LetCommsPass();

    /// <summary>Takes away what the cell has shown, at once or when there is something new to show.</summary>
    void Clear(bool wait);

    /// <summary>Asks the user for a line of text.</summary>
    /// <exception cref="InvalidOperationException">Nobody can answer.</exception>
    Task<string> ReadInputAsync(string prompt, bool password, CancellationToken cancellationToken);
}
