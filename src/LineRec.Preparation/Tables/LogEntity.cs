namespace LineRec.Preparation;

/// <summary>Whose rows are counted or looked up.</summary>
public enum LogEntity
{
    /// <summary>A user's.</summary>
    User,

    /// <summary>An item's.</summary>
    Item,
}
