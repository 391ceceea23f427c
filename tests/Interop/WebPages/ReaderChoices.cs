namespace Interop.WebPages;

/// <summary>What a reader of MLflow's web pages chooses once: "Model training" rather than "GenAI", and not to see the assistant and the news.</summary>
internal static class ReaderChoices
{
    /// <summary>Runs in each page before its own scripts.</summary>
    public const string Script =
        """
        if (top === self) {
            localStorage.setItem('mlflow.workflowType_v1', '"machine_learning"');
            localStorage.setItem('mlflow.assistant.fab.autoOpenedOnFirstLoad_v1', 'true');
            localStorage.setItem('mlflow.assistant.panelOpen_v1', 'false');
            localStorage.setItem('_mlflow_model_registry_promo_modal_dismissed_v1', 'true');
        }
        """;
}
