using System.Reflection;
using System.Xml.Linq;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Revisits;

namespace CustomerComm.Web.Tests.Orders;

public sealed class OrderTextTests
{
    [Theory]
    [InlineData("Orders", typeof(OrderEvent))]
    [InlineData("Revisits", typeof(RevisitEvent))]
    public void Given_an_area_Then_both_languages_have_the_same_words_and_every_event_reads(string file, Type events)
    {
        var chinese = Read(file + ".resx");
        var english = Read(file + ".en.resx");
        Assert.Equal(chinese.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(chinese.Concat(english), t => Assert.NotEqual("", t.Value.Trim()));
        Assert.All(chinese, t => Assert.Equal(Placeholders(t.Value), Placeholders(english[t.Key])));
        foreach (var type in events.GetNestedTypes(BindingFlags.Public).Concat(typeof(ObligationEvent).GetNestedTypes(BindingFlags.Public)))
            Assert.Contains($"Event.{type.Name}", chinese.Keys);
        foreach (var language in Enum.GetValues<Language>())
        {
            var texts = new UiTexts(file);
            Assert.All(Enumerable.Range(1, 5), mark => Assert.NotNull(texts.Find($"Mark.{mark}", language)));
        }
    }

    private static IEnumerable<string> Placeholders(string text) =>
        text.Split('{').Skip(1).Select(p => p[..p.IndexOf('}', StringComparison.Ordinal)]).Order(StringComparer.Ordinal);

    private static Dictionary<string, string> Read(string file) => XDocument
        .Load(Path.Combine(Repository.Root, "src", "CustomerComm.Web", "Resources", file)).Root!.Elements("data")
        .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);
}
