namespace LineRec.Data;

/// <summary>The optional columns of the events table. Reading only those that are needed saves most of the time and memory.</summary>
[Flags]
public enum EventColumns
{
    /// <summary>Only user, item, type and time.</summary>
    None = 0,

    /// <summary>Where on the site it happened.</summary>
    Placement = 1,

    /// <summary>The item's place in the list that was shown, from 1.</summary>
    Position = 2,

    /// <summary>The list (slate) that the event belongs to: the attribution id.</summary>
    RequestId = 4,

    /// <summary>The probability with which the item was shown.</summary>
    Propensity = 8,

    /// <summary>The search words.</summary>
    Query = 16,

    /// <summary>How many pieces (or how much) were bought.</summary>
    Quantity = 32,

    /// <summary>The price shown or paid, a piece.</summary>
    Price = 64,

    /// <summary>The item that the page was about.</summary>
    AnchorItemId = 128,

    /// <summary>All of them.</summary>
    All = 255,
}
