using System.Collections;
using MLflowSharp.Values;

namespace MLflowSharp.Tests.Values;

public class SortedLookupTests
{
    private static readonly string[] Texts = ["", "A", "B", "a", "ab", "é", "😀"];

    [Fact]
    public void Each_key_is_found_with_its_value()
    {
        for (var count = 0; count <= Texts.Length; count++)
        {
            var lookup = Of(Texts[..count]);

            Assert.Equal(count, lookup.Count);
            Assert.All(Texts[..count], text => Assert.Equal(text.Length, lookup[text]));
            Assert.All(Texts[count..], text => Assert.False(lookup.ContainsKey(text)));
        }
    }

    [Fact]
    public void Keys_and_values_come_in_order()
    {
        var lookup = Of(Texts);

        Assert.Equal(Texts, lookup.Keys);
        Assert.Equal(Texts.Select(text => text.Length), lookup.Values);
        Assert.Equal(Texts.Select(text => KeyValuePair.Create(text, text.Length)), lookup);
    }

    [Fact]
    public void A_key_that_is_not_there_is_told_with_those_that_are()
    {
        Assert.Contains("'c' is not one of the keys there are: a, b", Assert.Throws<KeyNotFoundException>(() => Of(["a", "b"])["c"]).Message);
        Assert.EndsWith(", ….", Assert.Throws<KeyNotFoundException>(() => Of([.. Enumerable.Range(0, 100).Select(i => $"{i:000}")])["c"]).Message);
        Assert.Contains("none", Assert.Throws<KeyNotFoundException>(() => Of([])["c"]).Message);
    }

    [Fact]
    public void No_key_is_refused_as_dictionaries_do() => Assert.Throws<ArgumentNullException>(() => Of(Texts).TryGetValue(null!, out _));

    [Fact]
    public void It_equals_a_dictionary_with_the_same_in_another_order()
    {
        Assert.Equal(new Dictionary<string, int> { ["ab"] = 2, ["a"] = 1 }, (IReadOnlyDictionary<string, int>)Of(["a", "ab"]));
        Assert.NotEqual(new Dictionary<string, int> { ["ab"] = 2, ["b"] = 1 }, (IReadOnlyDictionary<string, int>)Of(["a", "ab"]));
    }

    [Fact]
    public void The_old_interface_of_dictionaries_reads_the_same_and_changes_nothing()
    {
        IDictionary old = Of(["a", "ab"]);
        var copied = new KeyValuePair<string, int>[3];
        old.CopyTo(copied, 1);

        Assert.Equal((2, 2, true, false, true), (old.Count, old["ab"], old.Contains("a"), old.Contains(1), old["b"] is null));
        Assert.Equal(["a", "ab"], old.Keys.Cast<string>());
        Assert.Equal([1, 2], old.Values.Cast<int>());
        Assert.Equal(KeyValuePair.Create("ab", 2), copied[2]);
        var each = old.GetEnumerator();
        Assert.True(each.MoveNext());
        Assert.Equal(("a", 1), (each.Key, each.Value));
        Assert.Throws<NotSupportedException>(() => old["a"] = 3);
        Assert.Throws<NotSupportedException>(() => old.Add("b", 3));
        Assert.Throws<NotSupportedException>(() => old.Remove("a"));
        Assert.Throws<NotSupportedException>(old.Clear);
    }

    private static SortedLookup<string, int> Of(string[] texts) => new(texts, text => text, text => text.Length);
}
