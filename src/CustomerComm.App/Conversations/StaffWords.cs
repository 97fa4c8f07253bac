using CustomerComm.App.Messages;

namespace CustomerComm.App.Conversations;

/// <summary>The words of the grammar, from the resources, in all languages at once.</summary>
internal static class StaffWords
{
    public static readonly WordList Help = Of("Help");
    public static readonly WordList Yes = Of("Yes");
    public static readonly WordList Confirm = WordList.Of("Said.Staff.Yes", "Said.Staff.Confirm");
    public static readonly WordList No = Of("No");
    public static readonly WordList Accept = Of("Accept");
    public static readonly WordList Filler = Of("Filler");

    /// <summary>Cannot or will not take it on.</summary>
    public static readonly WordList Firm = Of("Firm");

    /// <summary>Has no time or is not there: a plan besides makes it doubtful.</summary>
    public static readonly WordList Soft = Of("Soft");

    /// <summary>Declines where nothing else is said.</summary>
    public static readonly WordList Bare = Of("Bare");

    /// <summary>Cannot get it done.</summary>
    public static readonly WordList Unable = Of("Unable");

    /// <summary>People who are not the writer.</summary>
    public static readonly WordList Others = Of("Others");

    /// <summary>Holds a word for other people and names none.</summary>
    public static readonly WordList NotOthers = Of("NotOthers");

    /// <summary>Holds a "not" or "but" and denies nothing.</summary>
    public static readonly WordList Benign = Of("Benign");
    public static readonly WordList Not = Of("Not");

    /// <summary>Directly before a result it makes it one to come.</summary>
    public static readonly WordList Modal = Of("Modal");
    public static readonly WordList Plan = Of("Plan");

    /// <summary>Half done, not certain, on condition, hearsay, broken again.</summary>
    public static readonly WordList Doubt = Of("Doubt");
    public static readonly WordList Asking = Of("Asking");
    public static readonly WordList AskingFirst = Of("AskingFirst");
    public static readonly WordList AskingLast = Of("AskingLast");
    public static readonly WordList Progress = Of("Progress");

    /// <summary>A stage on the way to a result, and none of its own: 量了, nobody.</summary>
    public static readonly WordList Underway = Of("Underway");

    /// <summary>Being done: nothing is done yet, whatever else is said.</summary>
    public static readonly WordList Ongoing = Of("Ongoing");

    /// <summary>Ordered, reported or set for a day: where no work is told of, it is still to come.</summary>
    public static readonly WordList Pending = Of("Pending");

    /// <summary>What begins so is still to come: 等, 先.</summary>
    public static readonly WordList First = Of("First");

    /// <summary>What a result named as one may consist of besides work: 道歉, tested.</summary>
    public static readonly WordList Outcome = Of("Outcome");

    /// <summary>Denies that it is given back.</summary>
    public static readonly WordList Keeps = Of("Keeps");

    /// <summary>Going there or setting about it.</summary>
    public static readonly WordList Going = Of("Going");

    /// <summary>Something is done: 搞定, fixed, and every verb of work with an ending that completes it, 换好了.</summary>
    public static readonly WordList Done = new([.. Said("Result"), .. Joined("Verb", "Finished")]);

    /// <summary>A step was taken, which may be all: 换了, 已换, replaced.</summary>
    public static readonly WordList Step =
        new([.. Said("Fixed"), .. Joined("Fix", "Past"), .. Joined("Already", "Fix")]);

    /// <summary>Sounds like something done and is no work: 约好了.</summary>
    public static readonly WordList NotResult = Of("NotResult");
    public static readonly WordList Verb = Of("Verb");
    public static readonly WordList AcceptVerb = Of("AcceptVerb");
    public static readonly WordList DeclineVerb = Of("DeclineVerb");
    public static readonly WordList ResultVerb = Of("ResultVerb");
    public static readonly WordList NoteVerb = Of("NoteVerb");
    public static readonly WordList CodeWord = Of("CodeWord");
    public static readonly WordList CodeAfter = Of("CodeAfter");
    public static readonly WordList CodeList = Of("CodeList");

    /// <summary>What people write before the digit they were told to reply.</summary>
    public static readonly WordList Reply = Of("Reply");

    /// <summary>Behind a code it makes the code part of a phrase: HY26-12的电话.</summary>
    public static readonly WordList Owned = Of("Owned");

    private static WordList Of(string name) => new(Said(name));

    private static string[] Said(string name) => Texts.Said("Said.Staff." + name);

    private static IEnumerable<string> Joined(string first, string second) =>
        Said(first).SelectMany(a => Said(second).Select(b => a + b));
}
