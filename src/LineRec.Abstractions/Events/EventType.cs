namespace LineRec;

/// <summary>What a user did with an item. The numeric values are part of stored formats and never change.</summary>
public enum EventType : byte
{
    /// <summary>The item was shown; see the event's placement and position.</summary>
    Impression = 0,

    /// <summary>The item was clicked or viewed.</summary>
    Click = 1,

    /// <summary>The item was put into the cart.</summary>
    Cart = 2,

    /// <summary>The item was bought.</summary>
    Purchase = 3,

    /// <summary>The item was marked as a favourite.</summary>
    Favourite = 4,

    /// <summary>The user searched; the event's query says for what.</summary>
    Search = 5,
}
