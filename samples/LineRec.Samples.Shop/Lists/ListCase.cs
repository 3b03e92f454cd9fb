namespace LineRec.Samples.Shop.Lists;

/// <summary>A list that was shown, and what was clicked in it.</summary>
/// <param name="UserId">To whom; in this protocol a user is a session.</param>
/// <param name="Time">When. What the user did before is known, what is shown or done at this instant isn't.</param>
/// <param name="Rows">Catalog rows in display order, each once.</param>
/// <param name="Prices">Their prices as shown; NaN where unknown.</param>
/// <param name="ClickedRow">The one that was clicked.</param>
internal sealed record ListCase(string UserId, DateTimeOffset Time, int[] Rows, float[] Prices, int ClickedRow);
