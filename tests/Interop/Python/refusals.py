"""refusals.py FOLDER [URI]: tries each case of its cases.json (kind, key, value) on a run of its own in a new store there, and prints "ok" and what was stored, or MLflow's error code and message."""

import json
import sys

import contents
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag
from mlflow.exceptions import MlflowException
from mlflow.tracking import MlflowClient

folder = sys.argv[1]
with open(f"{folder}/cases.json", encoding="utf-8") as file:
    cases = json.load(file)
client = MlflowClient(sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/theirs.db")
experiment = client.create_experiment("theirs", artifact_location=f"{folder}/artifacts")


def attempt(kind, key, value):
    run = client.create_run(experiment).info.run_id
    if kind == "metric":
        client.log_metric(run, key, 1.0, timestamp=int(value), step=0)
        return str(client.get_run(run).data.metrics[key])
    if kind == "param":
        client.log_param(run, key, value)
        return client.get_run(run).data.params[key]
    if kind == "tag":
        client.set_tag(run, key, value)
        return client.get_run(run).data.tags[key]
    if kind == "experiment":
        return client.get_experiment(client.create_experiment(key)).name
    if kind == "experiment_tag":
        client.set_experiment_tag(experiment, key, value)
        return client.get_experiment(experiment).tags[key]
    if kind == "run":
        return client.get_run(key).info.run_id
    if kind == "run_name":
        return client.create_run(experiment, run_name=key).info.run_name
    if kind == "same_param":
        client.log_param(run, key, "1")
        client.log_param(run, key, value)
        return client.get_run(run).data.params[key]
    if kind == "same_params":
        client.log_batch(run, params=[Param(key, "1"), Param(key, value)])
        return client.get_run(run).data.params[key]
    if kind == "metrics":
        client.log_batch(run, metrics=[Metric(f"{key}{i}", 1.0, 0, 0) for i in range(int(value))])
        return str(len(client.get_run(run).data.metrics))
    if kind == "tags":
        client.log_batch(run, tags=[RunTag(f"{key}{i}", "x") for i in range(int(value))])
        return str(len(client.get_run(run).data.tags))
    if kind == "dataset":
        client.log_inputs(run, [DatasetInput(Dataset(key, value, "local", "{}"), [InputTag("mlflow.data.context", "train")])])
        return client.get_run(run).inputs.dataset_inputs[0].dataset.name
    if kind == "input_tag":
        client.log_inputs(run, [DatasetInput(Dataset("d", "1", "local", "{}"), [InputTag(key, value)])])
        return client.get_run(run).inputs.dataset_inputs[0].tags[0].value
    if kind == "delete_tag":
        client.delete_tag(run, key)
        return ""
    if kind == "history":
        return str(len(client.get_metric_history(run, key)))
    raise NotImplementedError(kind)


def outcome(case):
    try:
        return ["ok", attempt(*case)]
    except MlflowException as error:
        return [error.error_code, error.message]


contents.show([outcome(case) for case in cases])
