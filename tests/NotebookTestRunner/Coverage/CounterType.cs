using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NotebookTestRunner.Coverage;

/// <summary>
/// The type that a counted copy of an assembly gets: a byte for each of its places, in a file that is mapped into memory. What is set there is the system's
/// to keep from that moment on, so that a kernel may be killed; and two processes, or two loads in one, share it without a lock.
/// </summary>
internal static class CounterType
{
    /// <summary>The environment variable that names the folder of these files. Without it, and where nothing can be written, a copy counts for itself.</summary>
    public const string FolderVariable = "NOTEBOOK_COVERAGE_FOLDER";

    /// <summary>Adds the type.</summary>
    /// <param name="module">The copy.</param>
    /// <param name="file">The name of its file in that folder.</param>
    /// <param name="size">How many places there are.</param>
    /// <returns>The field that points to the first byte.</returns>
    public static FieldReference AddTo(ModuleDefinition module, string file, int size)
    {
        var type = new TypeDefinition("", "<NotebookCoverage>", TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, module.TypeSystem.Object);
        // As constants of the process, both are in the machine code of what is compiled again because it runs often.
        var first = new FieldDefinition("first", FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly, new PointerType(module.TypeSystem.Byte));
        var view = new FieldDefinition("view", FieldAttributes.Private | FieldAttributes.Static | FieldAttributes.InitOnly, module.TypeSystem.Object);
        var begin = new MethodDefinition(".cctor", MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, module.TypeSystem.Void);
        type.Fields.Add(first);
        type.Fields.Add(view);
        type.Methods.Add(begin);
        module.Types.Add(type);
        Write(begin.Body, module, first, view, file, size);
        return first;
    }

    private static void Write(MethodBody body, ModuleDefinition module, FieldDefinition first, FieldDefinition view, string file, int size)
    {
        var code = body.GetILProcessor();
        var end = code.Create(OpCodes.Ret);
        var failed = code.Create(OpCodes.Pop);
        var tried = code.Create(OpCodes.Ldstr, FolderVariable);

        // view = MemoryMappedFile.CreateFromFile(new FileStream(Path.Combine(folder, file), …), …, size, …).CreateViewAccessor(); its handle gives the pointer.
        code.Append(tried);
        Call(OpCodes.Call, typeof(Environment).GetMethod(nameof(Environment.GetEnvironmentVariable), [typeof(string)])!);
        code.Emit(OpCodes.Ldstr, file);
        Call(OpCodes.Call, typeof(Path).GetMethod(nameof(Path.Combine), [typeof(string), typeof(string)])!);
        Numbers((int)FileMode.OpenOrCreate, (int)FileAccess.ReadWrite, (int)FileShare.ReadWrite);
        Call(OpCodes.Newobj, typeof(FileStream).GetConstructor([typeof(string), typeof(FileMode), typeof(FileAccess), typeof(FileShare)])!);
        code.Emit(OpCodes.Ldnull);
        code.Emit(OpCodes.Ldc_I8, (long)size);
        Numbers((int)MemoryMappedFileAccess.ReadWrite, (int)HandleInheritability.None, 0);
        Call(OpCodes.Call, typeof(MemoryMappedFile).GetMethod(nameof(MemoryMappedFile.CreateFromFile),
            [typeof(FileStream), typeof(string), typeof(long), typeof(MemoryMappedFileAccess), typeof(HandleInheritability), typeof(bool)])!);
        Call(OpCodes.Callvirt, typeof(MemoryMappedFile).GetMethod(nameof(MemoryMappedFile.CreateViewAccessor), Type.EmptyTypes)!);
        code.Emit(OpCodes.Dup);
        code.Emit(OpCodes.Stsfld, view);
        Call(OpCodes.Callvirt, typeof(MemoryMappedViewAccessor).GetProperty(nameof(MemoryMappedViewAccessor.SafeMemoryMappedViewHandle))!.GetMethod!);
        code.Emit(OpCodes.Ldsflda, first);
        Call(OpCodes.Callvirt, typeof(SafeBuffer).GetMethod(nameof(SafeBuffer.AcquirePointer))!);
        code.Emit(OpCodes.Leave, end);

        // first = NativeMemory.AllocZeroed(size)
        code.Append(failed);
        Numbers(size);
        code.Emit(OpCodes.Conv_U);
        Call(OpCodes.Call, typeof(NativeMemory).GetMethod(nameof(NativeMemory.AllocZeroed), [typeof(nuint)])!);
        code.Emit(OpCodes.Stsfld, first);
        code.Emit(OpCodes.Leave, end);
        code.Append(end);
        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = tried,
            TryEnd = failed,
            HandlerStart = failed,
            HandlerEnd = end,
            CatchType = module.ImportReference(typeof(Exception)),
        });

        void Call(OpCode how, System.Reflection.MethodBase what) => code.Emit(how, module.ImportReference(what));

        void Numbers(params ReadOnlySpan<int> values)
        {
            foreach (var value in values) code.Emit(OpCodes.Ldc_I4, value);
        }
    }
}
