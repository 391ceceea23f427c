#!/bin/bash -l
#SBATCH --job-name=mlflow-csharp
#SBATCH --partition=small
#SBATCH --time=00:15:00
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --output=slurm-%j.out
# One lesson in a batch job. Say whose it is: sbatch --account=project_2001234 train.sh [LESSON]; elsewhere than on Roihu, set MLFLOW_COURSE.
set -euo pipefail
# What the job writes is its owner's.
umask 077

lesson=${1:-02-track-a-first-run}
course=${MLFLOW_COURSE:-/projappl/$SLURM_JOB_ACCOUNT/mlflow-course}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export DOTNET_PROCESSOR_COUNT=$SLURM_CPUS_PER_TASK OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK
export TUTORIAL_ARTIFACTS=${SLURM_SUBMIT_DIR:-$PWD}/job-$SLURM_JOB_ID

# A place that will not do is found out before the waiting.
"$course/tutorial" doctor
srun "$course/tutorial" run "$lesson"
