namespace CustomerComm.Functions.Tests.Bot;

/// <summary>Stands for the bot's tests where they are not compiled.</summary>
public sealed class BotNotBuilt
{
    [Fact(Skip = "The bot is compiled in configuration Azure only; see docs/decisions/040-functions-host.md.")]
    public void Given_the_Bot_Framework_is_missing_Then_its_tests_are_not_run()
    {
    }
}
