namespace LineRec.Recipes;

/// <summary>Why a run can't go on.</summary>
internal enum RecipeFault
{
    /// <summary>A folder, file, setting or argument is wrong; trying again changes nothing.</summary>
    Input,

    /// <summary>Something that is needed isn't there yet, or somebody else is at work; trying again later may help.</summary>
    NotReady,

    /// <summary>The gate refused the bundle.</summary>
    Refused,
}
