using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.App.Enquiries;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Testing;
using static CustomerComm.App.Enquiries.CatalogueFile;

namespace CustomerComm.App.Tests.Enquiries;

/// <summary>Questions are answered concretely and at once, or declared out of scope (4.2.3).</summary>
[Clause("4.2.3")]
public sealed class CatalogueTests
{
    private static readonly Classifier s_classifier = new();

    private static readonly CatalogueFile s_file = new()
    {
        Services =
        [
            new ServiceEntry(
                "停车月卡", "Parking card", ["停车", "月卡", "parking card"], "到管理处办理。", "At the office.", "150元/月",
                "150 yuan a month", "8:30–17:30", "8:30–17:30", Unit.Office),
            new ServiceEntry(
                "泳池", null, ["泳池"], "凭卡入场。", null, "20元", null, "夏季", null, Unit.Office, ["JX"]),
        ],
        OutOfScope =
        [
            new OutOfScopeEntry("停电", "Power cuts", ["停电", "electricity bill"], "请拨95598。", "Call 95598."),
        ],
    };

    [Theory]
    [InlineData("请问办停车月卡要多少钱？", "停车月卡")]
    [InlineData("How much is a Parking Card?", "停车月卡")]
    [InlineData("停電了找谁？", "停电")]
    [InlineData("今天几点下班", null)]
    [InlineData("泳池开吗", null)]
    public void Given_a_question_When_matched_Then_the_entry_with_most_of_its_words_answers(
        string question, string? expected) =>
        Assert.Equal(
            expected, new ServiceCatalogue(s_file).Match(question, TestCompany.HY)?.Name(Language.Chinese));

    [Fact]
    public void Given_a_service_of_one_community_When_asked_there_or_unknown_where_Then_it_answers()
    {
        var catalogue = new ServiceCatalogue(s_file);
        Assert.NotNull(catalogue.Match("泳池开吗", TestCompany.JX));
        Assert.NotNull(catalogue.Match("泳池开吗", null));
    }

    [Theory]
    [InlineData("", "停车", "到管理处", "15元", "全天", "services[0] ''", "'name'")]
    [InlineData("停车", "", "到管理处", "15元", "全天", "services[0] '停车'", "'keywords'")]
    [InlineData("停车", "停", "到管理处", "15元", "全天", "services[0] '停车'", "'keywords'")]
    [InlineData("停车", "停车", "", "15元", "全天", "services[0] '停车'", "'offer'")]
    [InlineData("停车", "停车", "到管理处", " ", "全天", "services[0] '停车'", "'price'")]
    [InlineData("停车", "停车", "到管理处", "15元", "", "services[0] '停车'", "'hours'")]
    public void Given_a_wrong_entry_When_the_file_is_read_Then_the_error_names_entry_and_field(
        string name, string keyword, string offer, string price, string hours, string entry, string field)
    {
        using var directory = new TempDirectory();
        var path = Path.Combine(directory.Path, "catalogue.json");
        new CatalogueFile
        {
            Services =
            [
                new ServiceEntry(
                    name, null, keyword.Length == 0 ? null : [keyword], offer, null, price, null, hours, null,
                    Unit.Office),
            ],
        }.Save(path);
        var error = Assert.Throws<InvalidDataException>(() => CatalogueFile.Load(path));
        Assert.Contains(entry, error.Message, StringComparison.Ordinal);
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_file_When_a_field_is_unknown_Then_the_error_names_it()
    {
        using var directory = new TempDirectory();
        var path = Path.Combine(directory.Path, "catalogue.json");
        File.WriteAllText(path, """{ "services": [], "prices": 1 }""");
        var error = Assert.Throws<InvalidDataException>(() => CatalogueFile.Load(path));
        Assert.Contains("prices", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_question_in_the_chat_When_the_answer_does_Then_nobody_is_troubled()
    {
        var (state, reply) = Say(ConversationState.Start, "请问办停车月卡要多少钱？");
        Assert.Equal(Turn.Answered, state.Turn);
        Assert.Contains("150元/月", reply.Text, StringComparison.Ordinal);
        Assert.Contains(TestCompany.Phone(90), reply.Text, StringComparison.Ordinal);
        Assert.Equal(2, reply.Choices.Length);
        // Whoever says nothing has read it: the question is forgotten after a day, and opens nothing.
        Assert.Equal(TestApp.Start + TimeSpan.FromDays(1), Conversation.Due(state));
        Assert.Equal((Turn.Idle, null), (Silent(state).State.Turn, Silent(state).Action));
        var step = Next(state, reply.Choices[0]);
        Assert.Equal((Turn.Idle, null, null), (step.State.Turn, step.State.Draft, step.Action));
    }

    [Fact]
    public void Given_a_question_in_the_chat_When_the_answer_does_not_do_Then_it_becomes_an_enquiry_for_a_person()
    {
        var (state, reply) = Say(ConversationState.Start, "请问办停车月卡要多少钱？");
        (state, _) = Say(state, reply.Choices[1]);
        Assert.Equal(Turn.Community, state.Turn);
        (state, _) = Say(state, "和园");
        Assert.Equal(Turn.Contact, state.Turn);
        (state, _) = Say(state, "+1 202-555-0151");
        Assert.Equal(Turn.Summary, state.Turn);
        var open = Assert.IsType<ConversationAction.Open>(Next(state, "是").Action);
        Assert.Equal((null, Nature.Enquiry), (open.Draft.Chosen, open.Draft.Suggestion.Kind));
        Assert.Contains("停车月卡", open.Draft.Text.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_question_out_of_scope_When_asked_Then_that_is_said_at_once_with_what_to_do_instead()
    {
        var (_, reply) = Say(ConversationState.Start, "请问停电了应该打什么电话？");
        Assert.Contains("不在物业服务范围内", reply.Text, StringComparison.Ordinal);
        Assert.Contains("95598", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_an_answer_When_something_else_is_written_Then_it_begins_anew()
    {
        var (state, _) = Say(ConversationState.Start, "请问办停车月卡要多少钱？");
        (state, _) = Say(state, "三号楼的电梯坏了三天，没人来修");
        Assert.Equal(Turn.Community, state.Turn);
        Assert.DoesNotContain("月卡", state.Draft!.Text.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_question_by_text_message_When_answered_Then_it_fits_two_segments_and_2_asks_for_a_person()
    {
        var step = Next(ConversationState.Start, "请问办停车月卡要多少钱？", Channel.Sms);
        var reply = Assert.Single(step.Replies);
        Assert.InRange(SmsText.Segments(reply.Text), 1, 2);
        Assert.Empty(reply.Choices);
        var open = Assert.IsType<ConversationAction.Open>(Next(step.State, "2", Channel.Sms).Action);
        Assert.Equal(TestCompany.ResidentPhone, open.Draft.Phone!.Value.Value);
        Assert.Equal(Turn.Idle, Next(step.State, "1", Channel.Sms).State.Turn);
    }

    private static (ConversationState State, Reply Reply) Say(ConversationState state, string text)
    {
        var step = Next(state, text);
        return (step.State, Assert.Single(step.Replies));
    }

    private static Step Silent(ConversationState state) => Conversation.TimeOut(state, ContextOf(Channel.Chat));

    private static Step Next(ConversationState state, string text, Channel channel = Channel.Chat) => Conversation.Next(
        state, new Said(Guid.NewGuid().ToString("N"), text, TestApp.Start), ContextOf(channel));

    private static ConversationContext ContextOf(Channel channel) => new(
        TestCompany.Directory, s_classifier, new Phones("US"), _ => TestCompany.Calendar, channel,
        channel == Channel.Sms ? PhoneNumber.Create(TestCompany.ResidentPhone) : null)
    {
        Catalogue = new ServiceCatalogue(s_file),
    };
}
