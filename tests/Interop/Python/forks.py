"""Copies of a process, which have what it imported and run something else."""

import atexit
import os
import runpy
import signal
import sys
import tempfile
import threading
import traceback


def become(run, arguments):
    """Ends this process as if it had been started to run a script or a module, the first of the arguments."""
    sys.argv = list(arguments)
    code = 0
    try:
        run(arguments[0], run_name="__main__")
        threading._shutdown()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        if code == 1 and not isinstance(end.code, int):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def run_module(limit, *arguments):
    """Runs a module as "python -m" does, in a copy of this process that is killed after some seconds; its exit code, and what it wrote."""
    with tempfile.TemporaryFile() as shown:
        sys.stdout.flush()
        process = os.fork()
        if process == 0:
            for stream in (1, 2):
                os.dup2(shown.fileno(), stream)
            signal.alarm(limit)
            become(lambda name, run_name: runpy.run_module(name, run_name=run_name, alter_sys=True), arguments)
        _, status = os.waitpid(process, 0)
        shown.seek(0)
        return os.waitstatus_to_exitcode(status), shown.read().decode("utf-8")
