-- Jupyter for courses: /projappl/project_2001234/www_roihu_modules/csharp-mlflow.lua
help([[Jupyter for the course MLflow in C#]])

local course = "/projappl/project_2001234/mlflow-course"

depends_on("python-data")

-- The C# kernel, and the course's command line.
prepend_path("JUPYTER_PATH", pathJoin(course, "share/jupyter"))
prepend_path("PATH", course)

-- What .NET keeps goes to the job's own disk, and it uses what was reserved.
setenv("DOTNET_CLI_HOME", os.getenv("TMPDIR") or "/tmp")
setenv("DOTNET_CLI_TELEMETRY_OPTOUT", "1")
setenv("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")
setenv("DOTNET_PROCESSOR_COUNT", os.getenv("SLURM_CPUS_PER_TASK") or "2")

-- Copied for each student when the session starts.
setenv("_COURSE_BASE_NAME", "csharp-mlflow")
setenv("_COURSE_SRC", pathJoin(course, "notebooks"))
setenv("_COURSE_NOTEBOOK", "00-start-here.ipynb")
setenv("_COURSE_NOTEBOOK_TYPE", "lab")
