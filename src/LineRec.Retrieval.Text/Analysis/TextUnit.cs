namespace LineRec.Retrieval.Text;

/// <summary>A word of a text.</summary>
/// <param name="Word">As it is indexed: folded, and stemmed where that applies.</param>
/// <param name="Parts">The words that it is made of ("wh-1000xm4": wh and 1000xm4); empty where it is one.</param>
/// <param name="Script">What it is written in.</param>
internal readonly record struct TextUnit(string Word, string[] Parts, TextScript Script);
