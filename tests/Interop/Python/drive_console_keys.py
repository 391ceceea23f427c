"""drive_console_keys.py: types into jupyter console as a person does, with Tab and Enter, and prints what it showed."""

import sys

import contents
import pexpect

LIMIT = 90

console = pexpect.spawn(
    sys.executable,
    # The console gives up on help after a second by itself.
    ["-m", "jupyter_console", "--kernel=.net-csharp", "--ZMQTerminalInteractiveShell.kernel_timeout=60",
     "--ZMQTerminalInteractiveShell.kernel_is_complete_timeout=60", "--ZMQCompleter.timeout=60"],
    encoding="utf-8", timeout=LIMIT, dimensions=(40, 120), env=None,
)
told = {}
try:
    console.expect(r"In \[.*1.*\]")
    # Only one name begins so: it is filled in.
    console.send("Console.WriteL\t")
    console.expect("WriteLine")
    console.send("(\"completed \" + \"by Tab\");\r")
    console.expect("completed by Tab")
    told["completed"] = console.after
    console.expect(r"In \[.*2.*\]")
    # After each line the console asks the kernel whether that is all.
    for line in ("Console.Write(\"lin\" + \"es: \"); for (var i = 0; i < 3; i++)", "{", "Console.Write(i);", "}"):
        console.send(line + "\r")
    console.expect("lines: 012")
    told["lines"] = console.after
except (pexpect.TIMEOUT, pexpect.EOF) as fault:
    told["fault"] = f"{type(fault).__name__}: {console.before!r}"
finally:
    console.close(force=True)
contents.show(told)
