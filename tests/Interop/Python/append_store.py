"""append_store.py URI RUN_ID: goes on with a run, adds a new one to its experiment, and prints what the store held before and holds after."""

import sys

import contents
from mlflow.entities import Dataset, DatasetInput, InputTag
from mlflow.tracking import MlflowClient

uri, run_id = sys.argv[1:]
client = MlflowClient(uri)
before = contents.read(uri)
client.log_metric(run_id, "loss", 0.0625, timestamp=1700000100000, step=99)
client.log_metric(run_id, "from_python", float("nan"), timestamp=1700000100000, step=0)
client.set_tag(run_id, "appended.by", "Python: äöå ✓")

added = client.create_run(client.get_run(run_id).info.experiment_id, start_time=1700000200000, tags={"mlflow.user": "eero"}, run_name="from python")
client.log_param(added.info.run_id, "optimizer", "sgd")
for step in range(3):
    client.log_metric(added.info.run_id, "accuracy", 0.5 + step / 10, timestamp=1700000200000 + step, step=step)
client.log_inputs(
    added.info.run_id,
    [DatasetInput(Dataset("mnist", "6bbc9ace", "local", '{"uri": "data/mnist"}'), [InputTag("mlflow.data.context", "eval")])],
)
client.log_text(added.info.run_id, "written by Python\n", "notes/python.txt")
client.set_terminated(added.info.run_id, "FINISHED", end_time=1700000300000)

contents.show({"before": before, "after": contents.read(uri)})
