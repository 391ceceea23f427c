#!/bin/bash
# Read by LUMI's web interface before it starts Jupyter (Jupyter, Advanced, Custom init). Replace the project's number.
course=/project/project_465000000/mlflow-course
export PATH="$course:$PATH"
export JUPYTER_PATH="$course/share/jupyter${JUPYTER_PATH:+:$JUPYTER_PATH}"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export DOTNET_CLI_HOME="${TMPDIR:-/tmp}" DOTNET_PROCESSOR_COUNT="${SLURM_CPUS_PER_TASK:-2}"
# What is written is its owner's.
umask 077
