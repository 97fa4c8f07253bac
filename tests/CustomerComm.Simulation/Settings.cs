using System.Globalization;

namespace CustomerComm.Simulation;

/// <summary>How long and from which seed to run; the defaults are the short form.</summary>
internal static class Settings
{
    /// <summary>Rounds of the kill test and runs of the whole system: <c>CUSTOMERCOMM_SIMULATION_ROUNDS</c>.</summary>
    public static int Rounds => Number("CUSTOMERCOMM_SIMULATION_ROUNDS", 4);

    /// <summary>Seed, to repeat a run: <c>CUSTOMERCOMM_SIMULATION_SEED</c>.</summary>
    public static int Seed { get; } = Number("CUSTOMERCOMM_SIMULATION_SEED", Random.Shared.Next(1, 1_000_000));

    private static int Number(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value : fallback;
}
