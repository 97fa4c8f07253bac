using System.Runtime.CompilerServices;

namespace CustomerComm.Functions.Tests;

/// <summary>The in-process Durable host logs every call to the console and takes no logger for that.</summary>
internal static class Quiet
{
    [ModuleInitializer]
    public static void Begin() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");
}
