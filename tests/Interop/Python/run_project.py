"""run_project.py URI PROJECT PARAMETERS: runs a project as `mlflow run --env-manager local` does, and prints the run's id. PARAMETERS are JSON."""

import json
import sys

import mlflow

uri, project, parameters = sys.argv[1:]
mlflow.set_tracking_uri(uri)
run = mlflow.projects.run(project, parameters=json.loads(parameters), env_manager="local")
print(json.dumps({"run_id": run.run_id}))
