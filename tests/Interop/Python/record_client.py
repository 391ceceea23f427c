"""Records what MLflow's own client sends to a server, and what it gets, one JSON object a line: record_client.py SERVER OUTPUT.

tests/MLflowSharp.Tests/Fixtures/Rest/client-3.17.2.jsonl.gz was made with it; RestStoreRequestTests makes the same calls in the same order.
"""

import http.server
import json
import sys
import threading
import urllib.error
import urllib.request

from mlflow.entities import Dataset, DatasetInput, ExperimentTag, InputTag, LoggedModelInput, LoggedModelOutput, LoggedModelParameter, LoggedModelTag, LoggedModelStatus
from mlflow.entities import Metric, Param, RunStatus, RunTag, ViewType
from mlflow.entities.model_registry import ModelVersionTag, RegisteredModelTag
from mlflow.exceptions import MlflowException
from mlflow.store.model_registry.rest_store import RestStore as RegistryStore
from mlflow.store.tracking.rest_store import RestStore as TrackingStore
from mlflow.utils.rest_utils import MlflowHostCreds

server, output = sys.argv[1:3]
calls = []


class Recorder(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def forward(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else None
        request = urllib.request.Request(server + self.path, data=body, method=self.command)
        kept = {name: self.headers[name] for name in ("Content-Type", "User-Agent", "X-MLflow-Client-Version") if self.headers[name]}
        for name, value in kept.items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        calls.append({
            "method": self.command, "path": self.path, "request": json.loads(body) if body else None, "request_headers": kept,
            "status": status, "response": json.loads(text),
        })
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PATCH = do_DELETE = forward

    def log_message(self, *_):
        pass


proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
threading.Thread(target=proxy.serve_forever, daemon=True).start()
creds = lambda: MlflowHostCreds(f"http://127.0.0.1:{proxy.server_port}")  # noqa: E731
tracking, registry = TrackingStore(creds), RegistryStore(creds)


def refused(call):
    try:
        call()
    except MlflowException:
        return
    raise SystemExit("this call should have been refused")


# Experiments.
experiment = tracking.create_experiment("recorded", None, [ExperimentTag("k", "v ä")])
placed = tracking.create_experiment("placed", "mlflow-artifacts:/elsewhere", [])
tracking.get_experiment(experiment)
tracking.get_experiment_by_name("recorded")
tracking.get_experiment_by_name("no such one & more")
tracking.search_experiments(ViewType.ALL, 2, "name LIKE 'p%'", ["name ASC"], None)
tracking.set_experiment_tag(experiment, ExperimentTag("a", "b"))
tracking.delete_experiment_tag(experiment, "a")
refused(lambda: tracking.delete_experiment_tag(experiment, "a"))
tracking.rename_experiment(placed, "moved")
tracking.delete_experiment(placed)
tracking.restore_experiment(placed)

# Runs and what they log.
run = tracking.create_run(experiment, "maija", 1700000000000, [RunTag("t", "1")], "first").info.run_id
unnamed = tracking.create_run(experiment, "", 1700000000001, [], None).info.run_id
tracking.log_metric(run, Metric("loss", 0.5, 1700000000100, 3))
tracking.log_metric(run, Metric("odd", float("nan"), 1700000000100, 0))
tracking.log_param(run, Param("lr", "0.1"))
refused(lambda: tracking.log_param(run, Param("lr", "0.2")))
tracking.set_tag(run, RunTag("x", "y"))
tracking.delete_tag(run, "x")
tracking.log_batch(
    run,
    [Metric("acc", 0.25 * i, 1700000000200 + i, i) for i in range(4)] + [Metric("acc", float("inf"), 1700000000300, 9)],
    [Param("a", "1"), Param("b", "2")],
    [RunTag("c", "3")],
)
tracking.log_inputs(run, [DatasetInput(Dataset("mnist", "d1", "local", "{}", "{}", '{"num_rows": 1}'), [InputTag("mlflow.data.context", "train")])])
tracking.get_run(run)
refused(lambda: tracking.get_run("f" * 32))
tracking.get_metric_history(run, "acc")
tracking.get_metric_history(run, "acc", 2, None)
tracking.search_runs([experiment], "metrics.acc > 0.1", ViewType.ACTIVE_ONLY, 1, ["attributes.start_time DESC"], None)
tracking.update_run_info(run, RunStatus.FINISHED, 1700000009999, None)
tracking.update_run_info(run, None, None, "renamed")
tracking.delete_run(unnamed)
tracking.restore_run(unnamed)

# Logged models.
model = tracking.create_logged_model(
    experiment, "model", run, [LoggedModelTag("a", "b")], [LoggedModelParameter(f"p{i}", str(i)) for i in range(150)], "mlp"
).model_id
tracking.get_logged_model(model)
tracking.set_logged_model_tags(model, [LoggedModelTag("c/d", "e")])
tracking.delete_logged_model_tag(model, "a")
tracking.log_outputs(run, [LoggedModelOutput(model, 9)])
tracking.log_inputs(run, [], [LoggedModelInput(model)])
tracking.log_metric(run, Metric("test", 0.97, 5, 9, model_id=model, dataset_name="mnist", dataset_digest="d1"))
tracking.finalize_logged_model(model, LoggedModelStatus.READY)
tracking.search_logged_models(
    [experiment], "metrics.test > 0.9", [{"dataset_name": "mnist", "dataset_digest": "d1"}], 5, [{"field_name": "metrics.test", "ascending": False}], None
)
tracking.delete_logged_model(model)
refused(lambda: tracking.set_trace_tag("tr-missing", "k", "v"))
refused(lambda: tracking.delete_trace_tag("tr-missing", "k"))

# The registry.
registry.create_registered_model("mnist", [RegisteredModelTag("task", "digits")], "d")
registry.get_registered_model("mnist")
registry.create_model_version("mnist", "s3://bucket/model", run, [ModelVersionTag("v", "1")], None, "one")
registry.create_model_version("mnist", "s3://bucket/model2")
registry.get_model_version("mnist", "1")
registry.get_model_version_download_uri("mnist", "1")
registry.update_model_version("mnist", "1", "new")
registry.transition_model_version_stage("mnist", "1", "Production", True)
registry.get_latest_versions("mnist")
registry.get_latest_versions("mnist", ["Production"])
registry.set_model_version_tag("mnist", "1", ModelVersionTag("a", "b"))
registry.delete_model_version_tag("mnist", "1", "a")
registry.set_registered_model_alias("mnist", "champion", "1")
registry.get_model_version_by_alias("mnist", "champion")
refused(lambda: registry.get_model_version_by_alias("mnist", "nobody"))
registry.delete_registered_model_alias("mnist", "champion")
registry.set_registered_model_tag("mnist", RegisteredModelTag("a", "b"))
registry.delete_registered_model_tag("mnist", "a")
registry.update_registered_model("mnist", "better")
registry.search_registered_models("name LIKE 'mni%'", 10, ["name ASC"], None)
registry.search_model_versions("name = 'mnist'", 1, ["version_number DESC"], None)
registry.rename_registered_model("mnist", "digits")
registry.delete_model_version("digits", "2")
registry.delete_registered_model("digits")

with open(output, "w", encoding="utf-8") as file:
    for call in calls:
        file.write(json.dumps(call) + "\n")
print(json.dumps({"calls": len(calls)}))
