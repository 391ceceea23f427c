"""kernel_suite.py: runs jupyter_kernel_test, Jupyter's own suite for kernels, on .net-csharp, and prints each test's outcome."""

import io
import unittest

import contents
import jupyter_kernel_test


class CSharpKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = ".net-csharp"
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oops");'
    code_execute_result = [{"code": "1 + 2", "result": "3"}, {"code": '"a" + "b"', "result": "ab"}]
    code_display_data = [{"code": 'display(HTML("<b>bold</b>"));', "mime": "text/html"}]
    code_generate_error = 'throw new InvalidOperationException("boom");'
    code_inspect_sample = "Console.WriteLine"
    completion_samples = [{"text": "Console.Wri", "matches": {"Write", "WriteLine"}}]
    complete_code_samples = ["1 + 2", "var a = 1;", "for (var i = 0; i < 3; i++)\n{\n}"]
    incomplete_code_samples = ["foo(", "for (;;) {", 'var s = """\nabc', 'var s = @"abc', "/* more"]
    invalid_code_samples = ["))", "class 1 {}"]
    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")
    code_clear_output = "ClearOutput();"


class Recorder(unittest.TextTestResult):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.outcomes = {}

    def addSuccess(self, test):
        self.outcomes[test._testMethodName] = "passed"

    def addSkip(self, test, reason):
        self.outcomes[test._testMethodName] = f"skipped: {reason}"

    def addFailure(self, test, error):
        self.outcomes[test._testMethodName] = f"failed: {self._exc_info_to_string(error, test)}"

    addError = addFailure

    def addSubTest(self, test, subtest, error):
        if error:
            self.addFailure(test, error)


suite = unittest.defaultTestLoader.loadTestsFromTestCase(CSharpKernelTests)
contents.show(unittest.TextTestRunner(stream=io.StringIO(), resultclass=Recorder).run(suite).outcomes)
