namespace CSharpKernel.Packages;

/// <summary>Writes files so that a reader sees the old content or the new, also when the writer is killed in the middle.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file; its folder is made when it is missing.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var scratch = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(scratch, content);
            File.Move(scratch, path, overwrite: true);
        }
        finally
        {
            File.Delete(scratch);
        }
    }
}
