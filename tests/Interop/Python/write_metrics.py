"""write_metrics.py URI RUN_ID COUNT: logs so many metrics one by one, while someone else writes to the same run, and prints how many."""

import sys

import contents
from mlflow.tracking import MlflowClient

uri, run_id, count = sys.argv[1:]
client = MlflowClient(uri)
for step in range(int(count)):
    client.log_metric(run_id, "theirs", step, timestamp=step, step=step)
contents.show(int(count))
