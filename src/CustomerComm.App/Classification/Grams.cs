namespace CustomerComm.App.Classification;

/// <summary>
/// A run of the folded text that weighs as a feature, known by its hash; <paramref name="Part"/> counts the parts of the
/// text from 0.
/// </summary>
internal readonly record struct Gram(uint Hash, int Start, int End, int Part);

/// <summary>
/// Cuts a folded text into what the model learns from: of Chinese all runs of one to four characters, of English words,
/// pairs of words and pieces of words. Digits are all alike: which number it is says nothing.
/// </summary>
internal static class Grams
{
    private const int Longest = 4;
    private const int ShortPiece = 3;
    private const int LongPiece = 5;
    private const int LongestWord = 40;

    // A part is about a sentence or two; English takes more letters to say the same.
    private const int PartChinese = 60;
    private const int PartEnglish = 160;

    private const uint WordSeed = 0x9E3779B9;
    private const uint PieceSeed = 0x85EBCA6B;
    private const uint RunSeed = 0xC2B2AE35;

    /// <summary>
    /// All grams in the order of the text, none across the border of two parts; <paramref name="parts"/> tells where
    /// each part begins.
    /// </summary>
    public static List<Gram> Of(ReadOnlySpan<char> chars, out List<int> parts)
    {
        var grams = new List<Gram>(chars.Length * 4);
        parts = [0];
        var tokens = Tokens(chars, parts);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Word)
                AddWord(chars, tokens, i, grams);
            else
                AddRuns(tokens, i, grams);
        }

        return grams;
    }

    /// <summary>The hash of a feature that is no run of the text; the kind keeps names of two kinds apart.</summary>
    public static uint Named(char kind, ReadOnlySpan<char> name) => Mix(Hash(name), kind);

    private static void AddWord(ReadOnlySpan<char> chars, List<Token> tokens, int at, List<Gram> grams)
    {
        var token = tokens[at];
        var word = Mix(WordSeed, token.Hash);
        grams.Add(new Gram(word, token.Start, token.End, token.Part));
        if (at + 1 < tokens.Count && tokens[at + 1] is { Word: true } next && next.Part == token.Part)
            grams.Add(new Gram(Mix(word, next.Hash), token.Start, next.End, token.Part));
        AddPieces(chars, token, grams);
    }

    // Pieces of a word with its borders: what inflection and typing change leaves most of them alone.
    private static void AddPieces(ReadOnlySpan<char> chars, Token token, List<Gram> grams)
    {
        var length = Math.Min(token.End - token.Start, LongestWord);
        Span<char> word = stackalloc char[LongestWord + 2];
        word[0] = word[length + 1] = ' ';
        chars.Slice(token.Start, length).CopyTo(word[1..]);
        for (var size = ShortPiece; size <= LongPiece; size++)
        {
            for (var i = 0; i + size <= length + 2; i++)
                grams.Add(new Gram(Mix(PieceSeed, Hash(word.Slice(i, size))), token.Start, token.End, token.Part));
        }
    }

    private static void AddRuns(List<Token> tokens, int at, List<Gram> grams)
    {
        var hash = RunSeed;
        for (var i = at; i < tokens.Count && i < at + Longest && !tokens[i].Word && tokens[i].Part == tokens[at].Part; i++)
        {
            hash = Mix(hash, tokens[i].Hash);
            grams.Add(new Gram(hash, tokens[at].Start, tokens[i].End, tokens[at].Part));
        }
    }

    private static List<Token> Tokens(ReadOnlySpan<char> chars, List<int> parts)
    {
        var tokens = new List<Token>(chars.Length);
        var partEnglish = false;
        for (var i = 0; i < chars.Length;)
        {
            var end = i + 1;
            if (IsWord(chars[i]))
            {
                while (end < chars.Length && IsWord(chars[end]))
                    end++;
            }

            if (chars[i] is not (' ' or '\n'))
            {
                var word = end > i + 1 && !char.IsAsciiDigit(chars[i]);
                partEnglish |= word;
                tokens.Add(new Token(i, end, Hash(chars[i..end]), word, parts.Count - 1));
            }

            var length = end - parts[^1];
            var whole = partEnglish ? PartEnglish : PartChinese;
            if ((Ends(chars, i) && (chars[i] == '\n' || length + Next(chars, end) > whole))
                || (length > whole && TextFold.EndsClause(chars[i])))
            {
                parts.Add(end);
                partEnglish = false;
            }

            i = end;
        }

        return tokens;
    }

    // A point between letters or digits ends nothing: 2.5 yuan, 3.p.m.
    private static bool Ends(ReadOnlySpan<char> chars, int at) => TextFold.EndsSentence(chars[at])
        && (chars[at] != '.' || at + 1 == chars.Length || !TextFold.IsWordLetter(chars[at + 1]));

    // How long the next sentence is: short ones share a part.
    private static int Next(ReadOnlySpan<char> chars, int start)
    {
        var end = start;
        while (end < chars.Length && !Ends(chars, end))
            end++;
        return end - start;
    }

    private static bool IsWord(char c) => TextFold.IsWordLetter(c) || c == '\'';

    private static uint Hash(ReadOnlySpan<char> chars)
    {
        var hash = 2166136261;
        foreach (var c in chars)
            hash = (hash ^ (char.IsAsciiDigit(c) ? '0' : c)) * 16777619;
        return hash;
    }

    private static uint Mix(uint hash, uint next)
    {
        hash = (hash ^ next) * 0x01000193;
        hash ^= hash >> 15;
        return hash * 0x2C1B3C6D;
    }

    private readonly record struct Token(int Start, int End, uint Hash, bool Word, int Part);
}
