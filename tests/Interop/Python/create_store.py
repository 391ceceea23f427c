"""create_store.py FOLDER [URI]: lets MLflow create a store of its own there (a database, or what the URI says), fills it, and prints what it holds."""

import os
import sys

import contents
import mlflow
from mlflow.entities import Dataset, DatasetInput, InputTag
from mlflow.tracking import MlflowClient

folder = sys.argv[1]
uri = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/mlflow.db"
os.chdir(folder)
mlflow.set_tracking_uri(uri)
client = MlflowClient(uri)
client.create_experiment("kept elsewhere", artifact_location=os.path.join(folder, "else where"), tags={"course": "mnist"})
client.delete_experiment(client.create_experiment("deleted"))
mlflow.set_experiment("kept elsewhere")

with mlflow.start_run(run_name="parent", description="A *note*.") as parent:
    mlflow.log_params({"optimizer": "adam", "layers": [128, 64], "nothing": None})
    for step in range(5):
        mlflow.log_metrics({"loss": 1 / (step + 1), "accuracy": 0.9 + step / 100}, step=step)
    for value in (float("nan"), float("inf"), float("-inf"), 1e300, -0.0):
        mlflow.log_metric("odd", value, step=1)
    mlflow.log_metric("ends with nan", 1.0, step=0)
    mlflow.log_metric("ends with nan", float("nan"), step=1)
    client.log_inputs(
        parent.info.run_id,
        [
            DatasetInput(Dataset("mnist", "6bbc9ace", "local", '{"uri": "data/mnist"}', '{"mlflow_tensorspec": {}}', '{"num_rows": 60000}'), [InputTag("mlflow.data.context", "train")]),
            DatasetInput(Dataset("noise", "00000000", "code", "{}"), []),
        ],
    )
    mlflow.log_text("ä✓\n", "notes/readme.txt")
    mlflow.log_dict({"a": [1, 2.5, None], "b": {"c": "d"}}, "config.json")
    mlflow.log_dict({"a": [1, 2.5, None], "b": {"c": "yes"}}, "config.yaml")
    with mlflow.start_run(run_name="child", nested=True):
        mlflow.set_tag("flag", False)
for status in ("FAILED", "KILLED", "SCHEDULED"):
    run = client.create_run(parent.info.experiment_id, run_name=status.lower())
    client.update_run(run.info.run_id, status=status) if status == "SCHEDULED" else client.set_terminated(run.info.run_id, status)
client.delete_run(client.create_run("0", run_name="deleted run").info.run_id)

contents.show(contents.read(uri))
