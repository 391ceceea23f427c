"""Fills a server with the runs and models of the recorded searches, or asks it all of them: search_oracle.py URI FOLDER fill|ask.

FOLDER holds what MLflow 3.17.2 answered (tests/MLflowSharp.Tests/Fixtures/Search). Prints how many answers of each kind are the same, and the others.
"""

import json
import os
import sys
import time

if os.environ.get("PYTHONPATH"):
    # As in use_server.py.
    os.environ["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python"
    from google.protobuf.descriptor import FieldDescriptor

    FieldDescriptor.LABEL_REPEATED = 3
    FieldDescriptor.label = property(lambda field: 3 if field.is_repeated else 1)

from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, ViewType  # noqa: E402
from mlflow.entities.model_registry import ModelVersionTag, RegisteredModelTag  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402
from mlflow.store.model_registry.rest_store import RestStore  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402
from mlflow.utils.rest_utils import MlflowHostCreds  # noqa: E402

uri, folder, task = sys.argv[1:]
client = MlflowClient(uri, uri)
recorded = json.load(open(os.path.join(folder, "3.17.2.json"), encoding="utf-8"))
registry = json.load(open(os.path.join(folder, "registry-3.17.2.json"), encoding="utf-8"))


def number(value):
    return float(value) if isinstance(value, str) else value


def fill():
    experiments = {name: client.create_experiment(name, tags=tags) for name, tags in recorded["experiments"].items() if not time.sleep(0.002)}
    for run in recorded["runs"]:
        start = run["start_time"]
        tags = {**run["tags"], "n": str(run["i"]), "mlflow.user": run["user"]}
        made = client.create_run(experiments[run["experiment"]], start, tags, run["name"]).info.run_id
        client.log_batch(made, [Metric(key, number(value), start, 0) for key, value in run["metrics"].items()], [Param(key, value) for key, value in run["params"].items()])
        if run["dataset"]:
            name, digest, context = run["dataset"]
            client.log_inputs(made, [DatasetInput(Dataset(name, digest, "local", "{}"), [InputTag("mlflow.data.context", context)])])
        if run["status"]:
            client.set_terminated(made, run["status"], start + 1000 + 1000 * (run["i"] % 11))
        if run["deleted"]:
            client.delete_run(made)
    store = RestStore(lambda: MlflowHostCreds(uri))
    for name, tag, value in (("mnist", "task", "digits"), ("Mnist-2", "task", "DIGITS"), ("fashion_1", "other", "x"), ("fashion%2", "prod", "yes")):
        store.create_registered_model(name, [RegisteredModelTag(tag, value)])
        for i in range(4):
            time.sleep(0.002)
            version = store.create_model_version(name, f"s3://models/{name}/{i}", "RID" if i == 0 else None, [] if i == 0 else [ModelVersionTag("val", "ok")])
        store.delete_model_version(name, version.version)
    store.create_registered_model("prompt", [RegisteredModelTag("mlflow.prompt.is_prompt", "true"), RegisteredModelTag("task", "digits")])


def compare(queries, ask):
    different = []
    for query in queries:
        try:
            answer = ask(query)
        except MlflowException as error:
            answer = "refused" if error.error_code == "INVALID_PARAMETER_VALUE" else error.error_code
        expected = "refused" if "error" in query["answer"] else query["answer"]
        if answer != expected:
            different.append([query["filter"], query.get("order_by"), answer, expected])
    return {"asked": len(queries), "same": len(queries) - len(different), "different": different}


def ask():
    experiments = {each.name: each.experiment_id for each in client.search_experiments(view_type=ViewType.ALL)}
    names = list(recorded["experiments"])

    def numbers(runs):
        return [int(run.data.tags["n"]) for run in runs]

    def runs(query):
        found = client.search_runs([experiments[name] for name in query["experiments"]], query["filter"], getattr(ViewType, query["view"]), query["max_results"], query["order_by"])
        return {"runs": numbers(found), "more": found.token is not None}

    def pages():
        paging, token, found = recorded["paging"], None, []
        while True:
            page = client.search_runs([experiments[paging["experiment"]]], "", getattr(ViewType, paging["view"]), paging["page_size"], paging["order_by"], token)
            found.append(numbers(page))
            token = page.token
            if token is None:
                return found

    assert [experiments[name] for name in names] == ["1", "2", "3", "4"], experiments
    found = pages()
    return {
        "runs": compare(recorded["run_queries"], runs),
        "experiments": compare(recorded["experiment_queries"], lambda query: {"names": [each.name for each in client.search_experiments(filter_string=query["filter"], order_by=query["order_by"])]}),
        "registered models": compare(registry["registered_model_queries"], lambda query: {"names": [each.name for each in client.search_registered_models(query["filter"], order_by=query["order_by"])]}),
        "model versions": compare(
            registry["model_version_queries"], lambda query: {"versions": [[each.name, int(each.version)] for each in client.search_model_versions(query["filter"], order_by=query["order_by"])]}),
        "pages": {"asked": len(recorded["paging"]["pages"]), "same": sum(one == other for one, other in zip(found, recorded["paging"]["pages"])), "different": [] if found == recorded["paging"]["pages"] else found},
    }


print(json.dumps(ask() if task == "ask" else fill() or {}))
