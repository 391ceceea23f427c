using CSharpKernel.Comms;
using CSharpKernel.Display;
using CSharpKernel.Execution;

namespace CSharpKernel.Widgets.Model;

/// <summary>Sends what code prints and shows to an output area; the rest goes where it would go without.</summary>
internal sealed class CapturedOutput(Output area, ICellOutput outer) : ICellOutput
{
    public bool HasReader => outer.HasReader;

    public void WriteStream(string name, string text) => area.Change(log => log.AddText(name, text));

    public void Display(DisplayBundle bundle, string displayId, bool update) => area.Change(log => log.AddDisplay(bundle, displayId, update));

    public void Result(DisplayBundle bundle) => outer.Result(bundle);

    public void Clear(bool wait) => area.Clear();

    public void Send(CommEnvelope envelope) => outer.Send(envelope);

    public IDisposable LetCommsPass() => outer.LetCommsPass();

    public Task<string> ReadInputAsync(string prompt, bool password, CancellationToken cancellationToken) => outer.ReadInputAsync(prompt, password, cancellationToken);
}
