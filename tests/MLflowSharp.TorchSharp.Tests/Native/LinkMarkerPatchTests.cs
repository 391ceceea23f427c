using MLflowSharp.TorchSharp.Native;

namespace MLflowSharp.TorchSharp.Tests.Native;

public sealed class LinkMarkerPatchTests
{
    [Fact]
    public void One_byte_of_TorchSharps_library_changes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The patch is for Linux libraries.");
        var library = File.ReadAllBytes(NativeLibraryLocator.ForProcess(typeof(Trainer).Assembly).Find("libLibTorchSharp.so"));

        var patched = LinkMarkerPatch.Apply(library);

        var changed = Assert.Single(Enumerable.Range(0, library.Length), index => library[index] != patched[index]);
        Assert.Equal(0, library[changed]);
        Assert.Equal(2, patched[changed]);
        Assert.Equal(patched, LinkMarkerPatch.Apply(patched));
    }

    [Fact]
    public void A_library_that_does_not_use_the_marker_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The patch is for Linux libraries.");
        var library = File.ReadAllBytes(NativeLibraryLocator.ForProcess(typeof(Trainer).Assembly).Find("libtorch.so"));

        Assert.Throws<InvalidDataException>(() => LinkMarkerPatch.Apply(library));
    }

    [Fact]
    public void What_is_not_an_ELF_library_is_refused() =>
        Assert.Throws<InvalidDataException>(() => LinkMarkerPatch.Apply(new byte[100]));
}
