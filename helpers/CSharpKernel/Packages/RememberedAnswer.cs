namespace CSharpKernel.Packages;

/// <summary>An answer in the cache.</summary>
/// <param name="Question">The whole question: the file's name is only its hash.</param>
/// <param name="Found">When it was found, in seconds since 1970.</param>
/// <param name="Answer">The answer.</param>
internal sealed record RememberedAnswer(string Question, long Found, PackageSet Answer);
