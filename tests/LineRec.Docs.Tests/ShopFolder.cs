using LineRec.TinyShop;

namespace LineRec.Docs.Tests;

/// <summary>The folder that snippets run in: it holds "bundles/shop".</summary>
public sealed class ShopFolder : IDisposable
{
    private readonly string _before = Directory.GetCurrentDirectory();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linerec-docs-");

    public ShopFolder()
    {
        TinyBundle.Publish(Path.Combine(_folder.FullName, "bundles", "shop"), "1", "home");
        Directory.SetCurrentDirectory(_folder.FullName);
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Delete(recursive: true);
    }
}

[CollectionDefinition(nameof(ShopFolder))]
public sealed class ShopFolderGroup : ICollectionFixture<ShopFolder>;
