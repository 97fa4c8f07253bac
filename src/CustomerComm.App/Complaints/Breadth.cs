namespace CustomerComm.App.Complaints;

/// <summary>
/// How broad a drawing is across the direction in which it is narrowest: nothing for a straight line, however it slants
/// and however often it is drawn over.
/// </summary>
internal sealed class Breadth
{
    private const int Directions = 180;

    private static readonly (double Cos, double Sin)[] s_directions =
    [
        .. Enumerable.Range(0, Directions)
            .Select(i => (Math.Cos(Math.PI * i / Directions), Math.Sin(Math.PI * i / Directions))),
    ];

    private readonly double[] _least = [.. Enumerable.Repeat(double.MaxValue, Directions)];
    private readonly double[] _most = [.. Enumerable.Repeat(double.MinValue, Directions)];

    /// <summary>Least and greatest extent over all directions; 0 where nothing was drawn.</summary>
    public (double Narrow, double Long) Extent => _most[0] < _least[0]
        ? (0, 0)
        : (_most.Zip(_least, (m, l) => m - l).Min(), _most.Zip(_least, (m, l) => m - l).Max());

    public void Add(double x, double y)
    {
        for (var i = 0; i < Directions; i++)
        {
            var along = (x * s_directions[i].Cos) + (y * s_directions[i].Sin);
            (_least[i], _most[i]) = (Math.Min(_least[i], along), Math.Max(_most[i], along));
        }
    }
}
