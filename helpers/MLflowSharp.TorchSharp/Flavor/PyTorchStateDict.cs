using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>
/// Writes a network's weights as the file that PyTorch reads with <c>torch.load(path, weights_only=True)</c>
/// (https://docs.pytorch.org/docs/stable/notes/serialization.html): a ZIP archive of raw values and a pickle of protocol 2
/// (https://peps.python.org/pep-0307/) that says which of them is which tensor. TorchSharp's own files are in a format of their own.
/// </summary>
public static class PyTorchStateDict
{
    /// <summary>Writes all parameters and buffers of a network into a file, under the names that PyTorch gives them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="file">The file, such as <c>state_dict.pt</c>; replaced if there is one.</param>
    public static void Save(nn.Module network, string file) => File.WriteAllBytes(file, Write(network));

    /// <summary>Gives the content of such a file.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="MlflowException">NOT_IMPLEMENTED when a tensor is of a type that has no name in such files, for instance complex numbers.</exception>
    public static byte[] Write(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        TorchRuntime.Initialize();
        using var scope = NewDisposeScope();
        var tensors = network.state_dict().Select(item => (Name: item.Key, Tensor: item.Value.detach().cpu().contiguous())).ToList();
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "data.pkl", Pickle(tensors));
            foreach (var (index, (_, tensor)) in tensors.Index())
                Add(archive, string.Create(CultureInfo.InvariantCulture, $"data/{index}"), tensor.bytes);
            Add(archive, "version", "3\n"u8);
        }

        return memory.ToArray();
    }

    // PyTorch looks for its files in the only folder of the archive, and takes them as they are.
    private static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> content)
    {
        using var stream = archive.CreateEntry($"state_dict/{name}", CompressionLevel.NoCompression).Open();
        stream.Write(content);
    }

    private static byte[] Pickle(IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        using var pickle = new MemoryStream();
        pickle.Write([0x80, 2]); // PROTO 2
        EmptyOrderedDict(pickle);
        pickle.WriteByte((byte)'('); // MARK
        foreach (var (index, (name, tensor)) in tensors.Index())
        {
            Text(pickle, name);
            Rebuild(pickle, index, tensor);
        }

        pickle.Write("u."u8); // SETITEMS, STOP
        return pickle.ToArray();
    }

    /// <summary>torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks).</summary>
    private static void Rebuild(MemoryStream pickle, int index, Tensor tensor)
    {
        pickle.Write("ctorch._utils\n_rebuild_tensor_v2\n(("u8);
        Text(pickle, "storage");
        pickle.Write(Encoding.ASCII.GetBytes($"ctorch\n{StorageOf(tensor)}\n"));
        Text(pickle, index.ToString(CultureInfo.InvariantCulture));
        Text(pickle, "cpu");
        Number(pickle, tensor.numel());
        pickle.Write("tQ"u8); // TUPLE, BINPERSID
        Number(pickle, 0);
        Numbers(pickle, tensor.shape);
        Numbers(pickle, tensor.stride());
        pickle.WriteByte(0x89); // NEWFALSE
        EmptyOrderedDict(pickle);
        pickle.Write("tR"u8); // TUPLE, REDUCE
    }

    private static void EmptyOrderedDict(MemoryStream pickle) => pickle.Write("ccollections\nOrderedDict\n)R"u8);

    private static void Text(MemoryStream pickle, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        pickle.WriteByte((byte)'X'); // BINUNICODE
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        pickle.Write(length);
        pickle.Write(bytes);
    }

    private static void Numbers(MemoryStream pickle, IEnumerable<long> numbers)
    {
        pickle.WriteByte((byte)'(');
        foreach (var number in numbers)
            Number(pickle, number);
        pickle.WriteByte((byte)'t');
    }

    private static void Number(MemoryStream pickle, long number)
    {
        pickle.Write([0x8A, 8]); // LONG1 of eight bytes
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        pickle.Write(bytes);
    }

    private static string StorageOf(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => "FloatStorage",
        ScalarType.Float64 => "DoubleStorage",
        ScalarType.Float16 => "HalfStorage",
        ScalarType.BFloat16 => "BFloat16Storage",
        ScalarType.Int64 => "LongStorage",
        ScalarType.Int32 => "IntStorage",
        ScalarType.Int16 => "ShortStorage",
        ScalarType.Int8 => "CharStorage",
        ScalarType.Byte => "ByteStorage",
        ScalarType.Bool => "BoolStorage",
        var other => throw new MlflowException($"A tensor of {other} cannot be written into a state_dict file. Convert it first, for instance to Float32.", ErrorCode.NotImplemented),
    };
}
