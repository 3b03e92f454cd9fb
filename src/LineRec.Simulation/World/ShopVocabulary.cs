namespace LineRec.Simulation;

/// <summary>The words that departments, categories, brands and titles are made of.</summary>
internal static class ShopVocabulary
{
    /// <summary>Departments with their categories; a category's name is its noun as well.</summary>
    public static readonly (string Department, string[] Categories)[] Departments =
    [
        ("beauty", ["lipstick", "serum", "shampoo", "perfume", "mascara", "cleanser", "sunscreen", "nail polish"]),
        ("fashion", ["dress", "jacket", "sneakers", "handbag", "scarf", "jeans", "shirt", "boots"]),
        ("electronics", ["headphones", "keyboard", "monitor", "charger", "camera", "speaker", "router", "tablet"]),
        ("kitchen", ["kettle", "frying pan", "knife", "blender", "mug", "coffee maker", "lunch box", "cutting board"]),
        ("home", ["lamp", "cushion", "rug", "curtain", "candle", "mirror", "shelf", "blanket"]),
        ("garden", ["planter", "hose", "pruner", "seeds", "lantern", "gloves", "grill", "bench"]),
        ("toys", ["puzzle", "building blocks", "doll", "board game", "toy car", "plush", "kite", "craft kit"]),
        ("sports", ["yoga mat", "dumbbell", "bicycle helmet", "tent", "racket", "running belt", "swim goggles", "water bottle"]),
        ("pets", ["cat food", "dog leash", "aquarium", "bird cage", "litter", "pet bed", "chew toy", "grooming brush"]),
        ("grocery", ["coffee", "tea", "noodles", "chocolate", "olive oil", "spice", "cereal", "juice"]),
        ("baby", ["stroller", "diapers", "baby bottle", "crib sheet", "bib", "pacifier", "baby monitor", "high chair"]),
        ("office", ["notebook", "pen", "desk organiser", "printer paper", "stapler", "backpack", "planner", "marker"]),
    ];

    public static readonly string[] Adjectives =
    [
        "classic", "compact", "deluxe", "light", "soft", "smart", "natural", "premium", "daily", "mini", "large", "slim", "warm", "fresh", "quiet", "bold",
        "modern", "vintage", "foldable", "durable", "portable", "elegant", "simple", "handmade", "eco", "travel", "family", "pro", "original", "seasonal",
    ];

    /// <summary>Words that niches leave traces of in titles; many niches share one.</summary>
    public static readonly string[] Traits =
    [
        "rose", "ocean", "bamboo", "linen", "retro", "nordic", "velvet", "citrus", "matte", "mesh", "carbon", "ceramic", "cotton", "neon", "pastel", "marble",
        "walnut", "copper", "indigo", "honey", "mint", "sakura", "denim", "jade", "amber", "silver", "forest", "desert", "lunar", "coral", "lavender", "urban",
        "alpine", "tropical", "floral", "striped", "checked", "quilted", "woven", "brushed", "organic", "crystal", "smoky", "golden", "pearl", "charcoal", "sky", "berry",
    ];

    private static readonly string[] Syllables = ["ka", "mi", "ro", "ve", "lu", "sa", "no", "tei", "ar", "den", "fo", "li", "mar", "pe", "qui", "ta", "ul", "vo", "zen", "bri"];

    /// <summary>A made-up name, distinct for numbers to 8,000.</summary>
    public static string Name(int number)
    {
        string name = Syllables[number % 20] + Syllables[((number / 20) + (number * 7)) % 20] + (number >= 400 ? Syllables[number / 400 % 20] : "");
        return char.ToUpperInvariant(name[0]) + name[1..] + (number >= 8_000 ? $" {number / 8_000}" : "");
    }
}
