"""fork_scripts.py mlflow|jupyter: runs other scripts in processes forked from this one, which has imported MLflow and its stores, or Jupyter's tools.

Importing that takes longer than most scripts do. A request is a line of JSON on standard input: {"id", "arguments" (the script first),
"output", "errors" (files for what it prints), "folder" (where it runs), "variables" (environment variables to set)}; {"id", "kill": true} ends
one. When a script ends, a line with its id and exit code follows on standard output.
"""

import gc
import importlib
import json
import os
import runpy
import signal
import sys
import threading

import forks

if os.environ.get("PYTHONPATH"):
    # As in use_server.py; scripts that change protobuf's classes must find those of Python.
    os.environ["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python"
MODULES = {
    "mlflow": ("numpy", "pandas", "alembic.command", "alembic.autogenerate", "mlflow", "mlflow.store.tracking.file_store", "mlflow.store.tracking.sqlalchemy_store", "mlflow.store.model_registry.sqlalchemy_store"),
    "jupyter": ("nbformat", "nbclient.cli", "nbconvert.nbconvertapp", "papermill.cli", "jupyter_client.ioloop", "jupyter_kernel_test", "nbval.plugin", "pexpect"),
}
for module in MODULES[sys.argv[1]]:
    importlib.import_module(module)
if threading.active_count() > 1:
    sys.exit("A module started a thread: processes forked from this one would lack it.")

# A collection in a copy would touch, and so copy, all that was imported.
gc.collect()
gc.freeze()

running = {}
writing = threading.Lock()


def say(answer):
    with writing:
        print(json.dumps(answer), file=answers, flush=True)


def run(request):
    """Becomes the script."""
    for stream, name in ((1, "output"), (2, "errors")):
        file = os.open(request[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, stream)
        os.close(file)
    os.chdir(request["folder"])
    os.environ.update(request["variables"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    forks.become(runpy.run_path, request["arguments"])


def wait(number, process):
    _, status = os.waitpid(process, 0)
    del running[number]
    say({"id": number, "code": os.waitstatus_to_exitcode(status)})


# What a script prints by mistake to the standard output of this process must not be taken for an answer.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
for line in sys.stdin:
    request = json.loads(line)
    if request.get("kill"):
        if process := running.get(request["id"]):
            os.kill(process, signal.SIGKILL)
        continue
    # Nobody else holds the lock while this process is copied: the copy could never take it.
    with writing:
        process = os.fork()
    if process == 0:
        run(request)
    running[request["id"]] = process
    threading.Thread(target=wait, args=(request["id"], process), daemon=True).start()
for process in list(running.values()):
    os.kill(process, signal.SIGKILL)
