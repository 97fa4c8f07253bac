using CustomerComm.Domain.Surveys;

namespace CustomerComm.Domain.Tests.Surveys;

[Clause("4.5.6")]
public sealed class QuestionnaireTests
{
    [Fact]
    public void Given_the_standard_form_When_checked_Then_it_can_be_sent_as_it_is() =>
        Assert.Null(QuestionnaireRules.Unready(StandardQuestionnaire.Form));

    [Fact]
    public void Given_a_form_When_written_step_by_step_Then_it_has_what_was_written()
    {
        var form = Forms.Of();
        form = Apply(form, new QuestionnaireChange.Head(Forms.Text("new"), Forms.Text("intro")));
        form = Apply(form, new QuestionnaireChange.SaveSection(null, Forms.Text("second")));
        form = Apply(form, Save("s1", Forms.Question("", QuestionType.Rating)));
        form = Apply(form, Save("s1", Forms.Question("", QuestionType.YesNo)));
        form = Apply(form, Save("s2", Forms.Question("", QuestionType.Single, false, "a", "b")));
        Assert.Equal("s1[q1 q2] s2[q3]", Shape(form));
        form = Apply(form, new QuestionnaireChange.MoveQuestion("q2", Up: true));
        Assert.Equal("s1[q2 q1] s2[q3]", Shape(form));
        form = Apply(form, new QuestionnaireChange.MoveQuestion("q1", Up: false));
        Assert.Equal("s1[q2] s2[q1 q3]", Shape(form));
        form = Apply(form, new QuestionnaireChange.MoveSection("s2", Up: true));
        Assert.Equal("s2[q1 q3] s1[q2]", Shape(form));
        form = Apply(form, Save("s1", form.Find("q3")! with { Text = Forms.Text("moved") }));
        Assert.Equal("s2[q1] s1[q2 q3]", Shape(form));
        Assert.Equal("moved", form.Find("q3")!.Text.En);
        form = Apply(form, new QuestionnaireChange.RemoveQuestion("q1"));
        form = Apply(form, new QuestionnaireChange.RemoveSection("s2"));
        Assert.Equal("s1[q2 q3]", Shape(form));
        Assert.Equal("new", form.Title.En);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_the_edge_of_the_form_When_moved_over_it_Then_nothing_changes(bool up)
    {
        var form = Forms.Of(Forms.Question("q1", QuestionType.Rating));
        Assert.Equal(form, Apply(form, new QuestionnaireChange.MoveQuestion("q1", up)));
        Assert.Equal(Shape(form), Shape(Apply(form, new QuestionnaireChange.MoveSection("s1", up))));
        Assert.Equal(form, Apply(form, new QuestionnaireChange.MoveQuestion("q9", up)));
    }

    public static TheoryData<string, QuestionnaireChange> Bad => new()
    {
        { "titleZh", new QuestionnaireChange.Head(new Bilingual(" ", "x"), Bilingual.Empty) },
        { "titleEn", new QuestionnaireChange.Head(new Bilingual("x", ""), Bilingual.Empty) },
        { "introZh", new QuestionnaireChange.Head(Forms.Text("x"), new Bilingual(new string('x', 1_001), "")) },
        { "titleEn", new QuestionnaireChange.SaveSection(null, new Bilingual("x", "")) },
        { "section", new QuestionnaireChange.SaveSection("s9", Forms.Text("x")) },
        { "section", Save("s9", Forms.Question("", QuestionType.Rating)) },
        { "textZh", Save("s1", Forms.Question("", QuestionType.Rating) with { Text = new Bilingual("", "x") }) },
        { "textEn", Save("s1", Forms.Question("", QuestionType.Rating) with { Text = new Bilingual("x", "") }) },
        { "options", Save("s1", Forms.Question("", QuestionType.Single, false, "a")) },
        { "options", Save("s1", Forms.Question("", QuestionType.Matrix)) },
        { "options", Save("s1", Forms.Question("", QuestionType.Rating, false, "a", "b")) },
        { "options", Save("s1", Forms.Question("", QuestionType.Single, false, "a", "a")) },
        { "options", Save("s1", Forms.Question("", QuestionType.Single, false, "a", "b") with
        {
            Options = [new("a", new("甲", "")), new("b", Forms.Text("b"))],
        }) },
    };

    [Theory, MemberData(nameof(Bad))]
    public void Given_something_wrong_When_saved_Then_the_field_is_named(string field, QuestionnaireChange change)
    {
        var (after, no) = QuestionnaireRules.Apply(Forms.Of(), change);
        Assert.Null(after);
        Assert.Equal((RefusalCode.BadField, field, "4.5.6"), (no!.Code, no.Field, no.Clause));
    }

    [Fact]
    public void Given_too_many_questions_When_one_more_is_saved_Then_it_is_refused()
    {
        var form = Forms.Of();
        for (var i = 0; i < QuestionnaireRules.MostQuestions; i++)
            form = Apply(form, Save("s1", Forms.Question("", QuestionType.Rating)));
        Assert.NotNull(QuestionnaireRules.Apply(form, Save("s1", Forms.Question("", QuestionType.Rating))).No);
    }

    [Fact]
    public void Given_no_question_When_it_is_to_go_out_Then_it_is_not_ready() =>
        Assert.NotNull(QuestionnaireRules.Unready(Forms.Of()));

    [Theory]
    [InlineData("s", "a", null)]
    [InlineData("s", "c", ReplyFault.NotOffered)]
    [InlineData("s", "a,p1", ReplyFault.NotOffered)]
    [InlineData("m", "a,p1", null)]
    [InlineData("m", "a,a", ReplyFault.NotOffered)]
    [InlineData("m", "a,c", ReplyFault.NotOffered)]
    [InlineData("r", "1", null)]
    [InlineData("r", "5", null)]
    [InlineData("r", "0", ReplyFault.NotOffered)]
    [InlineData("r", "6", ReplyFault.NotOffered)]
    [InlineData("r", "05", ReplyFault.NotOffered)]
    [InlineData("r", "x", ReplyFault.NotOffered)]
    [InlineData("n", "0", null)]
    [InlineData("n", "10", null)]
    [InlineData("n", "11", ReplyFault.NotOffered)]
    [InlineData("n", "-1", ReplyFault.NotOffered)]
    [InlineData("y", "yes", null)]
    [InlineData("y", "maybe", ReplyFault.NotOffered)]
    [InlineData("t", "text, with a comma", null)]
    [InlineData("l", "line\nline", null)]
    [InlineData("x", "a=1,b=5", null)]
    [InlineData("x", "a=1", null)]
    [InlineData("x", "a=6", ReplyFault.NotOffered)]
    [InlineData("x", "c=1", ReplyFault.NotOffered)]
    [InlineData("x", "a", ReplyFault.NotOffered)]
    [InlineData("x", "a=1,a=2", ReplyFault.NotOffered)]
    [InlineData("z", "1", ReplyFault.NotOffered)]
    public void Given_a_reply_When_checked_Then_only_what_was_offered_is_taken(string question, string value, ReplyFault? fault)
    {
        var wrong = AnswerRules.Check(Forms.AllTypes(), Forms.Sheet((question, value)));
        Assert.Equal(fault is null ? [] : [new WrongReply(question, fault.Value)], wrong);
    }

    [Theory]
    [InlineData("t", 200, false)]
    [InlineData("t", 201, true)]
    [InlineData("l", 2_000, false)]
    [InlineData("l", 2_001, true)]
    public void Given_a_long_text_When_checked_Then_it_is_refused_beyond_its_limit(string question, int length, bool tooLong) =>
        Assert.Equal(
            tooLong ? [new WrongReply(question, ReplyFault.TooLong)] : [],
            AnswerRules.Check(Forms.AllTypes(), Forms.Sheet((question, new string('长', length)))));

    [Fact]
    public void Given_required_questions_When_left_out_Then_all_of_them_are_named()
    {
        var form = Forms.AllTypes(required: true);
        var missing = AnswerRules.Check(form, []);
        Assert.Equal(form.Questions.Select(q => new WrongReply(q.Id, ReplyFault.Missing)), missing);
        Assert.Contains(
            new WrongReply("x", ReplyFault.RowMissing), AnswerRules.Check(form, Forms.Sheet(("x", "a=3"))));
    }

    private static QuestionnaireChange.SaveQuestion Save(string section, Question question) => new(section, question);

    private static Questionnaire Apply(Questionnaire form, QuestionnaireChange change)
    {
        var (after, no) = QuestionnaireRules.Apply(form, change);
        Assert.True(after is not null, no?.Text);
        return after;
    }

    private static string Shape(Questionnaire form) => string.Join(
        ' ', form.Sections.Select(s => $"{s.Id}[{string.Join(' ', s.Questions.Select(q => q.Id))}]"));
}
