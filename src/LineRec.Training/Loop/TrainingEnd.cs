namespace LineRec.Training;

/// <summary>Why a training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All epochs are done.</summary>
    Completed = 0,

    /// <summary>A callback said so; early stopping, say.</summary>
    EndedByCallback = 1,

    /// <summary>The time limit was reached; the epoch under way was cut short and validated.</summary>
    TimeLimit = 2,

    /// <summary>It was asked to stop, by its cancellation token or by SIGTERM. It isn't finished: started again with its checkpoint folder, it goes on where it was.</summary>
    Stopped = 3,
}
