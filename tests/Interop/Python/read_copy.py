"""read_copy.py URI: prints what MLflow finds of the experiment 'digits' in a store."""

import json
import sys

from mlflow.entities import ViewType
from mlflow.tracking import MlflowClient

client = MlflowClient(sys.argv[1], sys.argv[1])
experiments = client.search_experiments(view_type=ViewType.ALL, order_by=["name ASC"])
found = {"experiments": [experiment.name for experiment in experiments]}
for experiment in experiments:
    if experiment.name != "digits":
        continue
    runs = {run.info.run_name: run for run in client.search_runs([experiment.experiment_id], run_view_type=ViewType.ALL)}
    parent = runs["parent"]
    model = client.search_logged_models([experiment.experiment_id])[0]
    found["runs"] = sorted(runs)
    found["points"] = len(client.get_metric_history(parent.info.run_id, "train/loss"))
    found["params"] = len(parent.data.params)
    found["dataset"] = parent.inputs.dataset_inputs[0].dataset.name
    found["child of"] = runs["child"].data.tags["mlflow.parentRunId"] == parent.info.run_id
    found["files"] = sorted(file.path for file in client.list_artifacts(parent.info.run_id))
    found["model"] = [model.name, model.params["layers"], [metric.value for metric in model.metrics]]
    version = client.get_model_version_by_alias("mnist", "champion")
    found["champion"] = [version.version, version.run_id == runs["child"].info.run_id]
print(json.dumps(found))
