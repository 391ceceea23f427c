using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CSharpKernel.Packages;

/// <summary>Keeps each answer under a name made of the question: the second time needs no package source.</summary>
/// <param name="folder">Where the answers lie.</param>
/// <param name="time">The clock.</param>
internal sealed class AnswerCache(string folder, TimeProvider time)
{
    private static readonly TimeSpan OpenLimit = TimeSpan.FromDays(1);

    /// <summary>Finds the answer to a question, if its packages are still there.</summary>
    /// <param name="question">The question.</param>
    /// <param name="isFresh">Whether it still holds; an open one is to be asked again after a day, if the sources can be reached.</param>
    public PackageSet? Find(string question, out bool isFresh)
    {
        isFresh = false;
        try
        {
            using var stream = File.OpenRead(PathOf(question));
            var found = JsonSerializer.Deserialize(stream, PackageJson.Default.RememberedAnswer);
            if (found?.Question != question || !found.Answer.Packages.All(package => package.IsIntact))
                return null;
            isFresh = !found.Answer.IsOpen || time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(found.Found) < OpenLimit;
            return found.Answer;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Not there, or damaged: it is asked again.
            return null;
        }
    }

    /// <summary>Remembers an answer.</summary>
    /// <returns>Why it could not be remembered; null when it was.</returns>
    public string? Add(string question, PackageSet answer)
    {
        try
        {
            AtomicFile.Write(PathOf(question), JsonSerializer.SerializeToUtf8Bytes(new RememberedAnswer(question, time.GetUtcNow().ToUnixTimeSeconds(), answer), PackageJson.Default.RememberedAnswer));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The answer could not be remembered for the next time: {e.Message} Set {PackageResolver.CacheVariable} to a folder that can be written.";
        }
    }

    private string PathOf(string question) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))[..24] + ".json");
}
