using System.Globalization;

namespace MLflowSharp.Context;

/// <summary>Names for runs that were given none: adjective, noun, number, at most 20 characters, as MLflow makes them, from our own words.</summary>
internal static class RunName
{
    private const int MaxLength = 20;

    private static readonly string[] Adjectives =
    [
        "amber", "bold", "brisk", "calm", "clever", "cosy", "crisp", "eager", "early", "fair", "frosty", "gentle", "glad", "golden", "grand",
        "happy", "hardy", "honest", "icy", "jolly", "keen", "kind", "lively", "lucky", "mellow", "merry", "misty", "nimble", "noble", "patient",
        "plucky", "polite", "proud", "quick", "quiet", "rapid", "ready", "rosy", "shiny", "silent", "silver", "snowy", "steady", "sunny",
        "swift", "tidy", "tranquil", "upbeat", "warm", "wise",
    ];

    private static readonly string[] Nouns =
    [
        "alder", "aurora", "badger", "bay", "beaver", "birch", "brook", "cedar", "cloud", "cove", "crane", "curlew", "elk", "falcon", "fern",
        "fjord", "forest", "fox", "glade", "grouse", "hare", "harbor", "heron", "island", "juniper", "lake", "lark", "lemming", "lichen",
        "lynx", "marten", "meadow", "moose", "moss", "otter", "owl", "perch", "pike", "pine", "plover", "puffin", "raven", "reindeer", "river",
        "rowan", "salmon", "seal", "sparrow", "spruce", "swan", "trout", "wren",
    ];

    public static string Generate(Random random)
    {
        while (true)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{Pick(Adjectives)}-{Pick(Nouns)}-{random.Next(1000)}");
            if (name.Length <= MaxLength)
                return name;
        }

        string Pick(string[] words) => words[random.Next(words.Length)];
    }
}
