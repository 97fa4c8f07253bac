using System.Reflection;
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
    public void Given_an_area_Then_every_event_and_mark_reads(string file, Type events)
    {
        var texts = new UiTexts(file);
        foreach (var type in events.GetNestedTypes(BindingFlags.Public))
            Assert.All(Languages.All, l => Assert.NotNull(texts.Find($"Event.{type.Name}", l)));
        var common = new UiTexts("Desk");
        foreach (var type in typeof(ObligationEvent).GetNestedTypes(BindingFlags.Public))
            Assert.All(Languages.All, l => Assert.NotNull(common.Find($"Event.{type.Name}", l)));
        foreach (var language in Languages.All)
            Assert.All(Enumerable.Range(1, 5), mark => Assert.NotNull(texts.Find($"Mark.{mark}", language)));
    }
}
