"""search_store.py URI EXPERIMENT FILTER...: prints, for each filter, the names of the runs it finds, highest accuracy first."""

import sys

import contents
from mlflow.tracking import MlflowClient

client = MlflowClient(sys.argv[1])
experiment = client.get_experiment_by_name(sys.argv[2])
contents.show(
    [
        [run.info.run_name for run in client.search_runs([experiment.experiment_id], text, order_by=["metrics.accuracy DESC", "attributes.run_name ASC"])]
        for text in sys.argv[3:]
    ]
)
