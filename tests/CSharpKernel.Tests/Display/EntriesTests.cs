using System.Collections;
using System.Collections.Frozen;
using System.Collections.ObjectModel;
using CSharpKernel.Display;

namespace CSharpKernel.Tests.Display;

public sealed class EntriesTests
{
    private static readonly Dictionary<string, int> Ages = new() { ["Ann"] = 30, ["Bo"] = 4 };

    public static TheoryData<object> Dictionaries =>
    [
        Ages,
        new ReadOnlyDictionary<string, int>(Ages),
        Ages.ToFrozenDictionary(),
        new SortedList<string, int>(Ages),
        new Hashtable { ["Ann"] = 30, ["Bo"] = 4 },
        new Readable(Ages),
    ];

    [Theory]
    [MemberData(nameof(Dictionaries))]
    public void A_dictionary_of_any_kind_is_shown_by_keys_and_values(object dictionary)
    {
        var data = new DisplayFormatter().Format(dictionary).Data;

        Assert.Contains("\"Ann\": 30", (string)data["text/plain"], StringComparison.Ordinal);
        Assert.Contains("<tr><td>Bo</td><td>4</td></tr>", (string)data["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_no_dictionary() => Assert.False(Entries.Has(new List<int> { 1 }));

    [Fact]
    public void A_list_of_pairs_is_no_dictionary() => Assert.False(Entries.Has(Ages.ToList()));

    private sealed class Readable(Dictionary<string, int> entries) : IReadOnlyDictionary<string, int>
    {
        public int Count => entries.Count;

        public IEnumerable<string> Keys => entries.Keys;

        public IEnumerable<int> Values => entries.Values;

        public int this[string key] => entries[key];

        public bool ContainsKey(string key) => entries.ContainsKey(key);

        public bool TryGetValue(string key, out int value) => entries.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<string, int>> GetEnumerator() => entries.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
