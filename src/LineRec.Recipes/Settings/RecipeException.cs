namespace LineRec.Recipes;

/// <summary>A run can't go on for a reason that its user can remove; the message says what is wrong, where, and what to do.</summary>
/// <param name="fault">What kind of reason.</param>
/// <param name="message">The message.</param>
/// <param name="innerException">What was caught, if anything.</param>
internal sealed class RecipeException(RecipeFault fault, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What kind of reason.</summary>
    public RecipeFault Fault => fault;
}
