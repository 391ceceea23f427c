"""Serves many empty stores of one MLflow version, each by a process of its own: serve_stores.py FOLDER.

Importing MLflow and creating its database take seconds, so both are done once; each line on standard input forks a process that serves a copy
of the empty database with MLflow's own web application. Input: "start", answered by {"port": …, "pid": …}; "start files", over a file store;
"start database ADDRESS", for a network address of this machine; "stop PID" (kill -9) and "freeze PID", "thaw PID" (SIGSTOP, SIGCONT), answered by {};
"again PID", which serves the store of a stopped process at its old address and is answered like "start". Everything ends with the input.
"""

import json
import os
import shutil
import signal
import sys

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
if os.environ.get("PYTHONPATH"):
    # MLflow up to 3.3 asks a protobuf field for its label, which the installed protobuf no longer has; its pure Python form can be given one.
    os.environ["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python"
    from google.protobuf.descriptor import FieldDescriptor

    FieldDescriptor.LABEL_REPEATED = 3
    FieldDescriptor.label = property(lambda field: 3 if field.is_repeated else 1)

    # MLflow 2.15 reads queries with a package that is not among the peers; for queries without brackets this does the same.
    from types import ModuleType, SimpleNamespace
    from urllib.parse import parse_qs

    if "querystring_parser" not in sys.modules:
        package = sys.modules["querystring_parser"] = ModuleType("querystring_parser")
        package.parser = SimpleNamespace(parse=lambda text, normalized: {
            key: values[0] if len(values) == 1 else values for key, values in parse_qs(text, keep_blank_values=True).items()})

import mlflow  # noqa: E402
from mlflow import server  # noqa: E402
from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore as RegistryStore  # noqa: E402
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore as TrackingStore  # noqa: E402
from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: E402

folder = sys.argv[1]
template = os.path.join(folder, "template.db")
TrackingStore(f"sqlite:///{template}", "mlflow-artifacts:/").engine.dispose()
RegistryStore(f"sqlite:///{template}").engine.dispose()
children = set()
places = {}


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_):
        pass


def serve(home, kind, host, port, ready):
    database = os.path.join(home, "mlflow.db")
    if not os.path.exists(home):
        os.mkdir(home)
        if kind == "database":
            shutil.copy(template, database)
    store = f"sqlite:///{database}" if kind == "database" else os.path.join(home, "mlruns")
    os.environ.update({
        "_MLFLOW_SERVER_FILE_STORE": store,
        "_MLFLOW_SERVER_REGISTRY_STORE": store,
        "_MLFLOW_SERVER_ARTIFACT_ROOT": "mlflow-artifacts:/",
        "_MLFLOW_SERVER_ARTIFACT_DESTINATION": os.path.join(home, "artifacts"),
        "_MLFLOW_SERVER_SERVE_ARTIFACTS": "true",
    })
    http = make_server(host, port, server.app, threaded=True, request_handler=Handler)
    os.write(ready, str(http.server_port).encode())
    os.close(ready)
    http.serve_forever()


def start(home, kind="database", host="127.0.0.1", port=0):
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        os.close(0)
        try:
            serve(home, kind, host, port, writing)
        finally:
            os._exit(1)
    os.close(writing)
    children.add(pid)
    port = int(os.read(reading, 16).decode())
    os.close(reading)
    places[pid] = (home, kind, host, port)
    return {"port": port, "pid": pid}


def stop(pid):
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    children.discard(pid)
    return {}


print(json.dumps({"version": mlflow.__version__}), flush=True)
try:
    for number, line in enumerate(sys.stdin):
        verb, *rest = line.split()
        if verb == "start":
            answer = start(os.path.join(folder, str(number)), *rest)
        elif verb == "again":
            answer = start(*places[int(rest[0])])
        elif verb == "stop":
            answer = stop(int(rest[0]))
        else:
            os.kill(int(rest[0]), signal.SIGSTOP if verb == "freeze" else signal.SIGCONT)
            answer = {}
        print(json.dumps(answer), flush=True)
finally:
    for child in list(children):
        stop(child)
