using System.Globalization;
using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>Keeps the checkpoints of trainings and what they learn from, each in a folder of its name, and lets a run that was killed go on from them.</summary>
/// <remarks>Whoever makes it binds the folder to all that these are made from, and removes it when the trainings' results are safe.</remarks>
internal sealed class TrainingCheckpoints
{
    private const string MakingSuffix = ".making", FilesFile = "files.json";

    private readonly string _folder;
    private readonly int _everySteps;
    private readonly RunConsole _console;

    private TrainingCheckpoints(string folder, int everySteps, RunConsole console) => (_folder, _everySteps, _console) = (folder, everySteps, console);

    /// <summary>Checkpoints in a folder, as often as settings say; null where they want none.</summary>
    /// <param name="folder">The folder; made when the first checkpoint is written.</param>
    /// <param name="settings">Say how often.</param>
    /// <param name="console">Is told what a training goes on from.</param>
    public static TrainingCheckpoints? In(string folder, RecipeSettings settings, RunConsole console) =>
        settings.CheckpointSteps == 0 ? null : new TrainingCheckpoints(folder, settings.CheckpointSteps, console);

    /// <summary>Makes something and writes it, or reads what a killed run had written. What isn't whole any more is removed and made anew.</summary>
    /// <param name="name">Its name among those of the folder.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="write">Writes it into an empty folder, which appears under the name when all of it is written.</param>
    /// <param name="read">Reads it from such a folder.</param>
    public T Keep<T>(string name, Func<T> make, Action<T, string> write, Func<string, T> read)
    {
        string folder = Path.Combine(_folder, name), making = folder + MakingSuffix;
        if (Directory.Exists(folder))
        {
            if (IsWhole(folder))
            {
                _console.Say($"  {name}: as the run that was killed had left it");
                return read(folder);
            }

            _console.Say($"  {name}: is made anew, for its files aren't those that the run that was killed had written");
            Directory.Delete(folder, recursive: true);
        }

        T made = make();
        if (Directory.Exists(making)) Directory.Delete(making, recursive: true);
        Directory.CreateDirectory(making);
        write(made, making);
        RecipeJson.Write(Path.Combine(making, FilesFile), FileFingerprint.OfFolder(making, FilesFile));
        Directory.Move(making, folder);
        return made;
    }

    /// <summary>Trains, or goes on with a training. Checkpoints that can't be used are removed, and it begins anew.</summary>
    /// <param name="name">The training's name among those of the folder.</param>
    /// <param name="progress">Is told after each step.</param>
    /// <param name="train">Trains with the checkpoints and the progress that it gets.</param>
    public T Train<T>(string name, IProgress<TrainingProgress> progress, Func<CheckpointOptions, IProgress<TrainingProgress>, T> train)
    {
        var options = new CheckpointOptions(Path.Combine(_folder, name)) { EverySteps = _everySteps };
        if (!Directory.Exists(options.Folder)) return train(options, progress);
        bool isFirst = true;
        var told = new StepProgress<TrainingProgress>(p =>
        {
            if (isFirst) _console.Say(string.Create(CultureInfo.InvariantCulture, $"  {name}: goes on from its checkpoint with epoch {p.Epoch}, step {p.Step} of {p.Steps}"));
            isFirst = false;
            progress.Report(p);
        });
        try
        {
            var result = train(options, told);
            if (isFirst) _console.Say($"  {name}: had ended; its last checkpoint is the result");
            return result;
        }
        catch (InvalidDataException e)
        {
            _console.Say($"  {name}: begins anew, for its checkpoints can't be used. {e.Message}");
            Directory.Delete(options.Folder, recursive: true);
            return train(options, progress);
        }
    }

    private static bool IsWhole(string folder)
    {
        string list = Path.Combine(folder, FilesFile);
        try
        {
            return File.Exists(list) && RecipeJson.Read<SortedDictionary<string, string>>(list).SequenceEqual(FileFingerprint.OfFolder(folder, FilesFile));
        }
        catch (InvalidDataException)
        {
            return false; // a damaged list vouches for nothing
        }
    }
}
