using System.Globalization;

namespace CustomerComm.Benchmarks;

/// <summary>What the kernel says about a process; Linux only, elsewhere it reads zero.</summary>
internal static class ServerMeter
{
    private const double TicksPerMs = 0.1;

    /// <summary>The most memory it ever held, MiB (VmHWM).</summary>
    public static double PeakMemoryMb(int process)
    {
        var path = $"/proc/{process}/status";
        if (!File.Exists(path))
            return 0;
        var line = File.ReadLines(path).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        var number = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1];
        return Math.Round(double.Parse(number, CultureInfo.InvariantCulture) / 1024, 1);
    }

    /// <summary>Processor time it used so far, user and kernel together, in milliseconds.</summary>
    public static double CpuMs(int process)
    {
        var path = $"/proc/{process}/stat";
        if (!File.Exists(path))
            return 0;
        var text = File.ReadAllText(path);
        // The second field, the name, may hold blanks; fields 14 and 15 are what is asked for.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture)
            + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerMs;
    }
}
