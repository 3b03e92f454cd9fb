namespace LineRec.Recipes;

/// <summary>What Airflow can run tasks with.</summary>
internal static class AirflowOperators
{
    /// <summary>A shell of Airflow's workers, which have the tool.</summary>
    public const string Bash = "bash";

    /// <summary>A pod of its own, from an image with the tool.</summary>
    public const string KubernetesPod = "kubernetes_pod";
}
