using CustomerComm.Functions;
using Microsoft.Extensions.Hosting;

try
{
    using var host = FunctionsHost.Build(args);
    await FunctionsHost.PrepareAsync(host.Services, CancellationToken.None);
    await host.RunAsync();
    return 0;
}
catch (InvalidDataException e)
{
    // A wrong setting is one line that says which; anything else is a bug and shows its trace.
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
