namespace LineRec.Data;

/// <summary>The file names of a log folder.</summary>
public static class ShopLogLayout
{
    /// <summary>The events table as one file.</summary>
    public const string EventsFile = "events.parquet";

    /// <summary>The events table as a folder of part files; where both are there, the folder is read.</summary>
    public const string EventsFolder = "events";

    /// <summary>The items table.</summary>
    public const string ItemsFile = "items.parquet";

    /// <summary>The users table; optional.</summary>
    public const string UsersFile = "users.parquet";

    /// <summary>The campaigns table; optional.</summary>
    public const string CampaignsFile = "campaigns.parquet";

    /// <summary>The table of loyalty points; optional.</summary>
    public const string UserPointsFile = "user_points.parquet";
}
