namespace LineRec.Data;

/// <summary>How a <see cref="DatasetCondition"/> compares a column with its value.</summary>
public enum DatasetComparison
{
    /// <summary>Equal to one of the values.</summary>
    Equal,

    /// <summary>Not equal to the value.</summary>
    NotEqual,

    /// <summary>Less than the value.</summary>
    Below,

    /// <summary>Less than the value or equal to it.</summary>
    AtMost,

    /// <summary>Greater than the value.</summary>
    Above,

    /// <summary>Greater than the value or equal to it.</summary>
    AtLeast,
}
