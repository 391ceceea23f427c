using System.Globalization;
using System.Text;
using MLflowSharp.Projects.Running;

namespace MLflowSharp.Projects.Slurm;

/// <summary>Writes the job script, for people to read as well.</summary>
internal static class SlurmScript
{
    /// <summary>The script of a job.</summary>
    /// <param name="prepared">The project.</param>
    /// <param name="tasks">The runs: one; or several, as an array of jobs, or packed into one.</param>
    /// <param name="trackingUri">Where runs are logged; null when it holds a secret and comes through the environment.</param>
    /// <param name="folder">The job's folder.</param>
    /// <param name="dependency">Jobs to wait for, as sbatch takes them; null for none.</param>
    public static string Write(PreparedProject prepared, IReadOnlyList<SlurmTask> tasks, string? trackingUri, string folder, string? dependency)
    {
        var slurm = prepared.Options.Slurm!;
        var isArray = tasks.Count > 1 && !slurm.Packed;
        var text = new StringBuilder();
        var name = prepared.Project.Name ?? Path.GetFileName(prepared.Project.Folder);
        Line("#!/bin/bash -l");
        Line($"# Runs the MLflow project {OneLine(name)}, entry point {OneLine(prepared.EntryPoint.Name)}. Written by MLflowSharp, which submits it with: sbatch job.sh");
        Line("");
        Line("# What is asked of Slurm (https://slurm.schedmd.com/sbatch.html).");
        Line($"#SBATCH --job-name={string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'))}");
        foreach (var (key, value) in slurm.Requests.Where(request => request.Key != "dependency"))
            Line($"#SBATCH --{key}={value}");
        if (slurm.Exclusive)
            Line("#SBATCH --exclusive");
        if (isArray)
            Line($"#SBATCH --array=1-{tasks.Count}{(slurm.MaxParallel is { } limit ? $"%{limit}" : "")}");
        if (dependency is not null)
        {
            Line("# It waits for other jobs, and is cancelled when they cannot end well.");
            Line($"#SBATCH --dependency={dependency}");
            Line("#SBATCH --kill-on-invalid-dep=yes");
        }

        Line("# What this script says; a job that starts again goes on in the same file.");
        Line($"#SBATCH --output={folder}/job{(isArray ? "-%a" : "")}.log");
        Line("#SBATCH --open-mode=append");
        Line("# Before the time limit this script gets a signal, so that the program can save where it is.");
        Line($"#SBATCH --signal=B:USR1@{slurm.SecondsBeforeLimit()}");
        Line(slurm.Resubmissions > 0 ? "#SBATCH --requeue" : "#SBATCH --no-requeue");
        Line("");
        if (slurm.Modules.Count > 0)
        {
            Line("module purge");
            Line($"module load {string.Join(' ', slurm.Modules)}");
        }

        Line("# Where the program logs.");
        Line(trackingUri is null ? "# MLFLOW_TRACKING_URI comes with the environment, for it holds a secret." : $"export MLFLOW_TRACKING_URI={Quote(trackingUri)}");
        Line("early=           # whether the signal came before there was a program to tell: a job that starts again may get it at once");
        Line("trap 'early=limit' USR1");
        foreach (var (variable, value) in slurm.Environment)
            Line($"export {variable}={Quote(value)}");
        foreach (var line in slurm.Setup)
            Line(line);
        Line($"folder={Quote(folder)}");
        Line($"resubmissions={slurm.Resubmissions}");
        Line($"cd {Quote(prepared.Project.Folder)} || exit 1");
        Line("");
        Line("# The runs of this job, by number.");
        Line("start_run() {");
        Line("  case $1 in");
        foreach (var (task, index) in tasks.Select((task, index) => (task, index)))
        {
            Line($"    {index + 1})");
            Line($"      export MLFLOW_RUN_ID={task.RunId} MLFLOW_EXPERIMENT_ID={task.ExperimentId}");
            Line($"      exec bash -c {Quote(task.Command)} ;;");
        }

        Line("  esac");
        Line("}");
        Line("");
        text.Append(Body.ReplaceLineEndings("\n"));
        Line("");
        Line((isArray, tasks.Count) switch
        {
            (true, _) => "start_task \"$SLURM_ARRAY_TASK_ID\"; wait_for_tasks 0",
            (_, 1) => "start_task 1; wait_for_tasks 0",
            _ => $"# Side by side, as many as there is room for.\nroom={(slurm.MaxParallel is { } most ? most.ToString(CultureInfo.InvariantCulture) : "${SLURM_NTASKS:-1}; [ \"$room\" -gt 1 ] || room=${SLURM_CPUS_ON_NODE:-1}")}\n"
                + $"for number in $(seq {tasks.Count}); do\n  wait_for_tasks $((room - 1))\n  [ -n \"$stopped\" ] || start_task \"$number\"\ndone\nwait_for_tasks 0",
        });
        Line("finish");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string Quote(string text) => ShellText.QuoteForBash(text);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private const string Body =
        """
        set -m            # every program gets a process group, so that what it starts can be told to stop as well
        stopped=          # why the programs were told to stop: limit or cancel
        failed=0          # the highest exit code
        declare -A tasks  # number of the run by process

        stop() {
          local process said="=== $(date '+%F %T') $2; telling the program to stop (SIGTERM) ==="
          stopped=$1
          echo "$said"
          for process in "${!tasks[@]}"; do echo "$said" >> "$folder/task-${tasks[$process]}.log"; kill -TERM -- "-$process" 2> /dev/null; done
        }
        trap 'stop limit "the time limit is near"' USR1
        trap 'stop cancel "cancelled"' TERM

        start_task() {
          local number=$1
          [ -z "$early" ] || { stop limit "the time limit is near"; return; }
          # A run that ended well before the job was put back into the queue is not run again.
          if grep -qs '^code=0$' "$folder/task-$number.end"; then return; fi
          # What the program saves here is there when the job starts again.
          export MLFLOW_PROJECT_CHECKPOINTS="$folder/checkpoints-$number"
          mkdir -p "$MLFLOW_PROJECT_CHECKPOINTS"
          ( begun=$SECONDS
            ( trap - USR1 TERM; start_run "$number" ) >> "$folder/task-$number.log" 2>&1 < /dev/null & program=$!
            trap ':' TERM
            while :; do
              wait "$program"; code=$?
              kill -0 "$program" 2> /dev/null || break
            done
            times > "$folder/task-$number.times"   # the last line: user and system time of what it started
            { echo "code=$code"; echo "seconds=$((SECONDS - begun))"; echo "node=${SLURMD_NODENAME:-}"; echo "restarts=${SLURM_RESTART_COUNT:-0}"; echo "cpu=$(tail -n 1 "$folder/task-$number.times")"; } > "$folder/task-$number.part"
            mv "$folder/task-$number.part" "$folder/task-$number.end"
            exit "$code" ) &
          tasks[$!]=$number
          echo "=== $(date '+%F %T') run $number started on ${SLURMD_NODENAME:-} ==="
        }

        # Waits until at most so many programs are left. A signal interrupts the waiting.
        wait_for_tasks() {
          local process code
          while [ "${#tasks[@]}" -gt "$1" ]; do
            wait -n 2> /dev/null
            for process in "${!tasks[@]}"; do
              kill -0 "$process" 2> /dev/null && continue
              wait "$process" 2> /dev/null; code=$?
              echo "=== $(date '+%F %T') run ${tasks[$process]} ended with $code ==="
              [ "$code" -le "$failed" ] || failed=$code
              # Told to stop at the limit, it is not done, whatever it says.
              if [ -n "$stopped" ]; then sed -i "s/^code=.*/code=$stopped/" "$folder/task-${tasks[$process]}.end" 2> /dev/null; fi
              unset "tasks[$process]"
            done
          done
        }

        finish() {
          if [ "$stopped" = limit ] && [ "${SLURM_RESTART_COUNT:-0}" -lt "$resubmissions" ]; then
            trap 'exit 0' TERM   # Slurm ends this script when it puts the job back
            echo "=== $(date '+%F %T') back into the queue, to go on from the last checkpoint ==="
            scontrol requeue "${SLURM_ARRAY_JOB_ID:+${SLURM_ARRAY_JOB_ID}_}${SLURM_ARRAY_TASK_ID:-$SLURM_JOB_ID}" && sleep 600
          fi
          [ "$stopped" != limit ] || failed=124
          exit "$failed"
        }
        """;
}
