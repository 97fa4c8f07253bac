using CustomerComm.App.Classification;
using CustomerComm.App.Complaints;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;
using CustomerComm.Training;

namespace CustomerComm.App.Tests.Classification;

/// <summary>How the model is made, and what it keeps to (docs/classifier.md).</summary>
public sealed class ModelTests
{
    private static readonly Effort Short = new(3, 1, 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Given_the_same_texts_When_learnt_twice_Then_the_model_is_the_same_to_the_byte()
    {
        var texts = Committed().GroupBy(t => t.Batch).SelectMany(b => b.Take(40)).ToList();

        Assert.Equal(Learn(texts), Learn(texts));
    }

    [Fact]
    public void Given_the_committed_texts_and_terms_Then_the_model_was_learnt_from_them() => Assert.True(
        Trainer.Fingerprint(Committed()).SequenceEqual(Model.Shared.Fingerprint),
        "The texts or the terms changed: run `dotnet run --project src/CustomerComm.Local -- train` and commit the model.");

    [Fact]
    public void Given_the_model_Then_it_is_at_most_4_MB_and_reads_back_as_it_was_written()
    {
        using var file = new MemoryStream();
        Model.Shared.Write(file);
        Assert.InRange(file.Length, 1, 4 * 1024 * 1024);

        file.Position = 0;
        using var again = new MemoryStream();
        Model.Read(file).Write(again);
        Assert.Equal(file.ToArray(), again.ToArray());
    }

    [Fact]
    public void Given_another_file_Then_it_is_refused_with_what_to_do()
    {
        using var file = new MemoryStream(new byte[64]);
        var refused = Assert.Throws<InvalidDataException>(() => Model.Read(file));
        Assert.Contains("train", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text":"a","category":"Lift","kind":"complaint","severity":"Ordinary"}""", "category 'Lift'")]
    [InlineData("""{"text":"a","category":"Pets","kind":"moan","severity":"Ordinary"}""", "kind 'moan'")]
    [InlineData("""{"text":"a","category":"Pets","kind":"complaint","severity":"2"}""", "severity '2'")]
    [InlineData("""{"category":"Pets","kind":"complaint","severity":"Major"}""", "text, category, kind")]
    [InlineData("not JSON", "needs an object")]
    public void Given_a_bad_line_When_read_Then_file_line_and_field_are_named(string line, string expected)
    {
        using var folder = new TempDirectory();
        var good = """{"text":"a","category":"Pets","kind":"repair","severity":"Urgent","also":["Other"]}""";
        File.WriteAllLines(folder["x.jsonl"], [good, line]);

        var refused = Assert.Throws<InvalidDataException>(() => LabelledText.ReadFolder(folder.Path));
        Assert.Contains("x.jsonl, line 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_the_committed_texts_Then_each_is_there_once_and_labelled_soundly()
    {
        var texts = Committed();
        Assert.All(texts, t => Assert.DoesNotContain(t.Category, t.Also));
        Assert.Equal(21, texts.Select(t => t.Batch).Distinct().Count());
        Assert.Equal(texts.Count, texts.Select(t => t.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.True(texts.Count > 12_000, $"only {texts.Count} texts");
    }

    [Fact]
    public async Task Given_a_store_When_read_to_learn_from_Then_only_what_was_triaged_without_whom_it_names()
    {
        await using var app = await TestApp.StartAsync();
        var text = "我是林芳，3-1-502，电话 138 0013 8000，张师傅来了还是没修好电梯";
        var triaged = await app.OpenAsync(text, sourceId: "a");
        await app.OpenAsync("垃圾没人收", sourceId: "b");
        await app.DoAsync(
            triaged,
            new ComplaintCommand.Triage(Nature.Complaint, Category.ServiceQuality, [], Severity.Major, null, null),
            TestCompany.HyDuty);

        var texts = await StoreTexts.ReadAsync(
            app.Get<IEventStore>(), app.Get<ComplaintKind>(), app.Get<CompanyDirectory>(), Ct);

        var one = Assert.Single(texts);
        Assert.Equal((Category.ServiceQuality, Severity.Major), (one.Category, one.Severity));
        Assert.Contains("没修好电梯", one.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("8000", one.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("502", one.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("张", one.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_text_that_says_little_When_it_opens_a_complaint_Then_triage_sees_that_it_is_unsure()
    {
        await using var app = await TestApp.StartAsync();

        Assert.True((await app.OpenAsync("唉，一言难尽，还是那样", category: null)).State.Intake.Unsure);
        Assert.False((await app.OpenAsync("那个东西还是老样子，你们看看呗", Category.Pets)).State.Intake.Unsure);
        Assert.False((await app.OpenAsync("电梯坏了三天没人修", category: null)).State.Intake.Unsure);
    }

    [Theory]
    [InlineData("我叫王小明，住2栋1单元201室", "王小明 201")]
    [InlineData("請打九龍仔 Flat 12B，電話 9123 4567，陳太太", "12B 4567 陳")]
    [InlineData("Call Mr Chan on +852 9123 4567 or mail a.b@c.example, Room 1203", "Chan 9123 a.b@c 1203")]
    [InlineData("车牌粤B·12345挡住消防通道，身份证 11010119900307123X", "12345 0307")]
    [InlineData("打一三八零零一三八零零零，或者幺三八 零零幺三 八零零零", "三八零 幺三八 八零零")]
    [InlineData("全角１３８００１３８０００也是电话，02-01-0201 漏水", "８０００ 0201")]
    public void Given_who_and_where_When_masked_Then_none_of_it_is_left(string text, string gone)
    {
        var masked = Masking.Of(text, []);
        Assert.All(gone.Split(' '), g => Assert.DoesNotContain(g, masked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_somebody_complains_for_the_resident_When_masked_Then_they_are_not_named_either()
    {
        await using var app = await TestApp.StartAsync();
        var result = await app.Get<Intake>().ReceiveAsync(
            TestApp.Request("电梯坏了，请联系欧阳长风或者和园商业公司") with
            {
                Complainant = new ComplainantRequest(
                    Standing.Organisation, "欧阳长风", null, "和园商业公司", null),
            },
            new Actor.Resident(), CancellationToken.None);
        var complaint = Assert.IsType<App.Matters.MatterResult<Complaint>.Done>(result).Matter.State;
        var masked = Masking.Of(complaint, []);
        Assert.DoesNotContain("长风", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("商业公司", masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("电梯坏了三天，等了2个小时，一共12户")]
    [InlineData("交了3000元押金，2024年的事")]
    [InlineData("物业经理说下周来修水管")]
    public void Given_nobody_named_When_masked_Then_it_stays(string text) => Assert.Equal(text, Masking.Of(text, []));

    [Theory]
    [InlineData("3号楼水压", "##")]
    [InlineData("3单元门坏了", "3单元门坏了")]
    [InlineData("12栋顶漏水", "顶漏水")]
    public void Given_a_place_When_folded_Then_its_number_forms_no_word(string text, string expected)
    {
        var (chars, positions) = (new char[text.Length], new int[text.Length]);
        var length = TextFold.Of(text, chars, positions).Chars.Length;
        TextFold.MaskPlaces(chars.AsSpan(0, length));
        Assert.Contains(expected, new string(chars, 0, length), StringComparison.Ordinal);
    }

    private static IReadOnlyList<LabelledText> Committed()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var texts = Path.Combine(folder.FullName, "src", "CustomerComm.Training", "texts");
            if (Directory.Exists(texts))
                return LabelledText.ReadFolder(texts);
        }

        throw new InvalidOperationException("The labelled texts are missing.");
    }

    private static byte[] Learn(List<LabelledText> texts)
    {
        using var file = new MemoryStream();
        new Trainer(Short).Learn(texts, new Thresholds(1, 0.5f, 0.5f, 0.5f, 0.5f, 0, 0.5f, 1)).Write(file);
        return file.ToArray();
    }
}
