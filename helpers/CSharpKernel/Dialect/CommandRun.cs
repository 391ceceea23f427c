using System.Globalization;
using CSharpKernel.Execution;
using CSharpKernel.Magics;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.ValueSharing;

namespace CSharpKernel.Dialect;

/// <summary>Runs commands that a cell sends, as a part of that cell.</summary>
internal static class CommandRun
{
    /// <summary>Runs a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="kernel">The kernel it was sent to.</param>
    /// <param name="outer">The cell that sent it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<KernelCommandResult> RunAsync(KernelCommand command, Kernel kernel, CellContext outer, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(outer.CancellationToken, cancellationToken);
        CellContext cell = null!;
        cell = new CellContext(outer.Engine, new RecordingOutput(outer, () => cell.Invocation!), outer.Number, outer.Time, stop.Token, outer.Shell);
        command.TargetKernelName ??= kernel is CompositeKernel root ? root.DefaultKernelName : kernel.Name;
        var invocation = cell.Invocation = new KernelInvocationContext(command, cell, isRecording: true);
        try
        {
            var target = outer.Engine.Kernels.Find(command.TargetKernelName).Name;
            await RunAsync(command, target, invocation);
            foreach (var action in cell.AtEnd)
                action();
            cell.Flush();
            invocation.Record(new CommandSucceeded(command));
        }
        catch (Exception e) when (!outer.CancellationToken.IsCancellationRequested)
        {
            // As in the kernel that the dialect comes from, the cell that sent the command goes on.
            cell.Write("stderr", string.Join('\n', outer.Engine.Describe(e).Traceback) + "\n");
            cell.Flush();
            invocation.Record(new CommandFailed(e, command));
        }
        finally
        {
            outer.Enter();
        }

        return new KernelCommandResult(command, invocation.Events);
    }

    private static async Task RunAsync(KernelCommand command, string target, KernelInvocationContext invocation)
    {
        var cell = invocation.Cell;
        switch (command)
        {
            case SubmitCode submit:
                invocation.Record(new CodeSubmissionReceived(submit));
                await RunTextAsync(cell, MagicRegistry.In(target, submit.Code));
                break;
            case AddPackage add:
                await RunTextAsync(cell, $"#r \"nuget: {add.PackageReference}\"");
                break;
            case AddPackageSource add:
                await RunTextAsync(cell, $"#i \"nuget: {add.PackageSource}\"");
                break;
            case ImportDocument import:
                await RunTextAsync(cell, $"#!import \"{import.FilePath}\"");
                break;
            case RequestValue request when cell.Engine.Values.TryGet(target, request.Name, out var value):
                invocation.Record(new ValueProduced(value, request.Name, request));
                break;
            case RequestValue request:
                throw new MagicException(cell.Engine.Values.Missing(target, request.Name));
            case RequestValueInfos request:
                invocation.Record(new ValueInfosProduced([.. cell.Engine.Values.All(target).Select(each => new KernelValueInfo(each.Name, each.Type))], request));
                break;
            case SendValue send:
                await cell.Engine.Values.SetAsync(cell, target, send.Name, send.Value);
                break;
            case RequestInput request:
                invocation.Record(new InputProduced(await Question.AskAsync(cell, request.Prompt, request.InputTypeHint), request));
                break;
            default:
                throw new NotSupportedException($"This kernel does not know the command {command.GetType().Name}. It runs SubmitCode, RequestValue, RequestValueInfos, SendValue, RequestInput, AddPackage, AddPackageSource and ImportDocument.");
        }
    }

    private static Task RunTextAsync(CellContext cell, string text) =>
        cell.Engine.RunTextAsync(text, string.Create(CultureInfo.InvariantCulture, $"cell {cell.Number} (sent)"), cell);
}
