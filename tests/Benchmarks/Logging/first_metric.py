"""The peer of FirstMetric.cs: logs one metric into a new database, and says so."""
import sys

import mlflow

mlflow.set_tracking_uri(sys.argv[1])
mlflow.log_metric("loss", 1.0)
print("logged", flush=True)
