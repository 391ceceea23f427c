using CSharpKernel.Comms;
using CSharpKernel.Display;
using CSharpKernel.Execution;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace CSharpKernel.Dialect;

/// <summary>Passes on the output of a command sent from a cell, and keeps its text as events.</summary>
internal sealed class RecordingOutput(CellContext outer, Func<KernelInvocationContext> invocation) : ICellOutput
{
    public void WriteStream(string name, string text)
    {
        outer.Write(name, text);
        var context = invocation();
        context.Record(name == "stderr" ? new StandardErrorValueProduced(text, context.Command) : new StandardOutputValueProduced(text, context.Command));
    }

    public void Display(DisplayBundle bundle, string displayId, bool update) => outer.Display(bundle, displayId, update);

    public void Result(DisplayBundle bundle) => outer.Result(bundle);

    public void Clear(bool wait) => outer.Clear(wait);

    public void Send(CommEnvelope envelope) => outer.Send(envelope);

    public bool HasReader => outer.Output.HasReader;

    public IDisposable LetCommsPass() => outer.Output.LetCommsPass();

    public Task<string> ReadInputAsync(string prompt, bool password, CancellationToken cancellationToken) => outer.ReadInputAsync(prompt, password);
}
