using CustomerComm.App.Tests.Matters.Lives;

namespace CustomerComm.App.Tests.Matters;

/// <summary>Rows of every kind of matter are what its state says, whenever they were written.</summary>
public sealed class MatterRowContractTests
{
    [Theory, MemberData(nameof(MatterLives.Names), MemberType = typeof(MatterLives))]
    public async Task Given_rows_written_after_each_event_or_once_or_afresh_Then_they_are_as_the_state_says(string name)
    {
        var life = MatterLives.Of(name);
        await using var each = await MatterLives.StartAsync();
        await MatterLives.LiveAsync(each, life, after: async step =>
        {
            var (stand, due) = await MatterLives.RowsAsync(each);
            Assert.True(
                due.SequenceEqual(stand),
                $"{step}: {string.Join('\n', due.Except(stand).Concat(stand.Except(due)))}");
        });
        await using var once = await MatterLives.StartAsync();
        await MatterLives.LiveAsync(once, life, sweep: false);
        await once.SweepAsync();
        await SameAsync(once);
        await MatterLives.RebuildAsync(once);
        await SameAsync(once);

        static async Task SameAsync(TestApp app)
        {
            var (stand, due) = await MatterLives.RowsAsync(app);
            Assert.Equal(due, stand);
        }
    }
}
