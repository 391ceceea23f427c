"""drive_console.py: types into jupyter console through a terminal, and prints what it showed."""

import re
import sys

import contents
import pexpect

LIMIT = 90
PROMPT = r"In \[%d\]: "

console = pexpect.spawn(
    sys.executable,
    ["-m", "jupyter_console", "--kernel=.net-csharp", "--ZMQTerminalInteractiveShell.simple_prompt=True", "--ZMQTerminalInteractiveShell.kernel_timeout=60"],
    encoding="utf-8", timeout=LIMIT, dimensions=(40, 120), env=None,
)
told = {}


def cell(number, *lines):
    console.expect(PROMPT % number)
    for line in lines:
        console.sendline(line)


def until(number):
    """What was shown before the next prompt, which is put back for the next cell."""
    console.expect(f"(?={PROMPT % number})")
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", console.before)


try:
    cell(1, "1 + 41")
    told["result"] = until(2)
    cell(2, "throw new InvalidOperationException(\"boom\");")
    told["error"] = until(3)
    cell(3, "var kept = 7; Console.WriteLine(\"loop\" + \"ing\"); while (true) { }")
    console.expect("looping")
    console.sendintr()
    told["interrupt"] = until(4)
    cell(4, "kept")
    told["kept"] = until(5)
    console.expect(PROMPT % 5)
    console.sendeof()
    if console.expect([pexpect.EOF, r"exit.*\?"]) == 1:
        console.sendline("y")
        console.expect(pexpect.EOF)
    console.close()
    told["exit"] = console.exitstatus
except (pexpect.TIMEOUT, pexpect.EOF) as fault:
    told["fault"] = f"{type(fault).__name__}: {console.before!r}"
finally:
    console.close(force=True)
contents.show(told)
