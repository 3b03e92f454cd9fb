namespace LineRec;

/// <summary>Watches one request's candidates on their way through the funnel; for evaluation, explanation and tests.</summary>
public interface IFunnelObserver
{
    /// <summary>Called after each step, on the request's own path.</summary>
    /// <param name="stage">The stage the step belongs to.</param>
    /// <param name="component">The component's name; "merge" and "take" are the pipeline's own.</param>
    /// <param name="context">The request.</param>
    /// <param name="candidates">The candidates as the step left them; not to be kept or changed. Those that a filter just removed are still marked.</param>
    void AfterStep(FunnelStage stage, string component, RequestContext context, CandidateTable candidates);
}
