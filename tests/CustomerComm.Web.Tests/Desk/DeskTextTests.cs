using System.Reflection;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Web.Areas.Complaints;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;

namespace CustomerComm.Web.Tests.Desk;

public sealed class DeskTextTests
{
    private static readonly UiTexts s_texts = new("Desk");

    public static TheoryData<Language> EveryLanguage => [.. Languages.All];

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public void Every_action_refusal_and_choice_has_a_text(Language language)
    {
        foreach (var act in ComplaintActs.All(_ => ""))
            Assert.NotNull(s_texts.Find($"Action.{act.Name}", language));
        foreach (var code in Enum.GetValues<RefusalCode>())
            Assert.NotNull(s_texts.Find($"Refusal.{code}", language));
        foreach (var way in Enum.GetValues<SignatureWay>())
            Assert.NotNull(s_texts.Find($"Way.{way}", language));
        foreach (var rank in Enum.GetValues<Rank>())
            Assert.NotNull(s_texts.Find($"Rank.{rank}", language));
    }

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public void Every_event_reads_as_a_sentence(Language language)
    {
        var directory = new CompanyDirectory("x", [], [], []);
        var words = new DeskWords(language, directory);
        var own = typeof(ComplaintEvent).GetNestedTypes(BindingFlags.Public);
        foreach (var type in own.Concat(typeof(ObligationEvent).GetNestedTypes(BindingFlags.Public)))
        {
            foreach (var flag in new[] { true, false })
            {
                var line = Filled(type, flag) switch
                {
                    ComplaintEvent e => EventWords.Of(
                        RunningHost.Monday, ComplaintEvents.KeyOf(e), ComplaintEvents.Fills(e, words),
                        ComplaintEvents.Said(e, words), words),
                    var e => EventWords.Of(RunningHost.Monday, (ObligationEvent)e, words),
                };
                Assert.DoesNotContain("{", line.What, StringComparison.Ordinal);
                Assert.NotEqual("", line.What);
            }
        }
    }

    /// <summary>An event with something in every field.</summary>
    private static object Filled(Type type, bool flag)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType, flag))]);
    }

    private static object? Value(Type type, bool flag)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return flag ? Value(inner, flag) : null;
        if (type == typeof(bool))
            return flag;
        if (type == typeof(string))
            return "word";
        if (type == typeof(Personal))
            return new Personal("said");
        if (type == typeof(StaffId))
            return new StaffId("s-1");
        if (type == typeof(Party))
            return flag ? Party.Of(new StaffId("s-1")) : Party.Of(Unit.Office);
        if (type == typeof(Contact))
            return Contact.None;
        if (type == typeof(MatterNumber))
            return new MatterNumber(new CommunityId("HY"), "", 2026, 1);
        if (type == typeof(DateTimeOffset))
            return RunningHost.Monday;
        if (type.IsGenericType)
            return type.GetField("Empty")!.GetValue(null);
        if (type == typeof(Outcome))
            return Outcome.Verified;
        return type.IsValueType ? Activator.CreateInstance(type) : Filled(type, flag);
    }
}
