using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Tests.Comparison;

public sealed class LookAlikesTests
{
    [Theory]
    [InlineData("a\u00adb\u200bc\u200cd\u200de\u2060f\ufeff", "abcdef")]
    [InlineData("\u2018a\u2019 \u201bb\u2032", "'a' 'b'")]
    [InlineData("\u201ca\u201d \u201fb\u2033", "\"a\" \"b\"")]
    [InlineData("\u22125", "-5")]
    [InlineData("a\u2013b\u2014c\u2010d", "a-b-c-d")]
    [InlineData("and so on\u2026", "and so on...")]
    [InlineData("1\u00a0000\u202fm\u2009s", "1 000 m s")]
    [InlineData("Cafe\u0301", "Café")]
    [InlineData("\u0301e", "\u0301e")]
    [InlineData("q\u0301", "q\u0301")]
    [InlineData("\u00e9\u4e2d", "\u00e9\u4e2d")]
    [InlineData("plain", "plain")]
    public void What_looks_like_ASCII_becomes_it_and_the_rest_stays(string text, string folded) => Assert.Equal(folded, LookAlikes.Fold(text));

    [Theory]
    [InlineData("\u0300", "AEIOUaeiou", "ÀÈÌÒÙàèìòù")]
    [InlineData("\u0301", "AEIOUYaeiouyCcLlNnRrSsZz", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹź")]
    [InlineData("\u0302", "AEIOUaeiouCcGgHhJjSsWwYy", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ")]
    [InlineData("\u0303", "ANOanoIiUu", "ÃÑÕãñõĨĩŨũ")]
    [InlineData("\u0304", "AEIOUaeiou", "ĀĒĪŌŪāēīōū")]
    [InlineData("\u0306", "AaGgUu", "ĂăĞğŬŭ")]
    [InlineData("\u0307", "CcEeGgIZz", "ĊċĖėĠġİŻż")]
    [InlineData("\u0308", "AEIOUaeiouyY", "ÄËÏÖÜäëïöüÿŸ")]
    [InlineData("\u030a", "AaUu", "ÅåŮů")]
    [InlineData("\u030b", "OoUu", "ŐőŰű")]
    [InlineData("\u030c", "CcDdEeNnRrSsTtZz", "ČčĎďĚěŇňŘřŠšŤťŽž")]
    [InlineData("\u0327", "CcSsTt", "ÇçŞşŢţ")]
    [InlineData("\u0328", "AaEeIiUu", "ĄąĘęĮįŲų")]
    public void Letters_and_their_marks_are_composed(string mark, string letters, string composed) =>
        Assert.Equal(composed, LookAlikes.Fold(string.Concat(letters.Select(letter => letter + mark))));

    [Theory]
    [InlineData("c\u0430t", "cat", true)]
    [InlineData("\u0391", "A", true)]
    [InlineData("a\u00a0b", "a b", true)]
    [InlineData("cat", "cat", false)]
    [InlineData("cat", "cut", false)]
    public void Texts_are_alike_when_they_differ_and_look_the_same(string a, string b, bool alike) => Assert.Equal(alike, LookAlikes.Alike(a, b));

    [Theory]
    [InlineData("c\u0430t", "cat", "U+0430 → U+0061, which look alike")]
    [InlineData("ab", "a\u200bb", "nothing → U+200B, which look alike")]
    [InlineData("a\u200b", "a", "U+200B → nothing, which look alike")]
    [InlineData("aa", "a", "U+0061 → nothing, which look alike")]
    [InlineData("x\u0430\u0435\u043e\u0440\u0441y", "xaeopcy", "U+0430 U+0435 U+043E U+0440 → U+0061 U+0065 U+006F U+0070, which look alike")]
    public void The_characters_that_differ_are_named(string a, string b, string description) => Assert.Equal(description, LookAlikes.Describe(a, b));
}
