using Tutorial.Cli.Grading;

namespace Tutorial.Cli.Tests.Grading;

public sealed class GradesCsvTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49", "'+49")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a\r\n=b", "a =b")]
    [InlineData("Berg, Anna", "\"Berg, Anna\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("=\"x\",1", "\"'=\"\"x\"\",1\"")]
    [InlineData("李雷", "李雷")]
    public void A_text_of_a_student_stays_one_field_and_no_formula(string student, string expected)
    {
        var csv = GradesCsv.Create([], [new(student, null, [], [])]);

        Assert.Equal($"\uFEFFstudent,id,right,of,remarks\r\n{expected},,0,0,\r\n", csv);
    }
}
