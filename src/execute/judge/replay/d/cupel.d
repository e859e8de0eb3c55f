/*
 * Both sides in D: `serve` answers calls for the candidate, `call` stands in for its function in the tests. What crosses is
 * read and written by static type (see the README of the folder above).
 */
module cupel;

import core.stdc.stdlib : exitNow = _Exit;
import core.sys.posix.unistd : dup, readFrom = read, writeTo = write;
import std.array : Appender, appender, array, join, split;
import std.conv : text, to;
import std.format : format;
import std.range : ElementType;
import std.traits;
import std.typecons : Nullable, Tuple, isTuple;

class Mismatch : Exception
{
    this(string message) { super(message); }
}

// ── writing ──

private string written(char kind, const(char)[] value)
{
    auto token = appender!string;
    token ~= kind;
    foreach (ubyte one; cast(const(ubyte)[]) value)
        if (one > 0x20 && one < 0x7f && one != '%') token ~= one;
        else token ~= format!"%%%02x"(one);
    return token[];
}

string shown(T)(const T value)
{
    static if (is(immutable T == immutable bool)) return value ? "t" : "f";
    else static if (is(immutable T == immutable typeof(null))) return "n";
    else static if (isSomeChar!T) return written('c', text(value));
    else static if (is(T == enum)) return shown(cast(OriginalType!T) value);
    else static if (isIntegral!T) return "i" ~ text(value);
    else static if (isFloatingPoint!T)
    {
        const double wide = value;
        return format!"d%016x"(*cast(const ulong*) &wide);
    }
    else static if (isSomeString!T) return written('s', text(value));
    else static if (isArray!T)
    {
        auto parts = ["[" ~ text(value.length)];
        foreach (ref item; value) parts ~= shown(item);
        return parts.join(" ");
    }
    else static if (isAssociativeArray!T)
    {
        auto parts = ["M" ~ text(value.length)];
        foreach (key, ref item; value) parts ~= [shown(key), shown(item)];
        return parts.join(" ");
    }
    else static if (isTuple!T)
    {
        auto parts = ["(" ~ text(value.expand.length)];
        foreach (ref item; value.expand) parts ~= shown(item);
        return parts.join(" ");
    }
    else static if (isInstanceOf!(Nullable, Unqual!T)) return value.isNull ? "n" : shown(value.get);
    else static assert(false, "cupel: this type cannot cross: " ~ T.stringof);
}

// ── reading ──

struct Reader
{
    string[] tokens;
    size_t at;

    string next()
    {
        if (at >= tokens.length) throw new Mismatch("the value ends too early");
        return tokens[at++];
    }

    bool more() { return at < tokens.length; }

    size_t count(string kinds)
    {
        import std.algorithm.searching : canFind;
        const token = next();
        if (!kinds.canFind(token[0])) throw new Mismatch("the candidate gave " ~ token);
        return token[1 .. $].to!size_t;
    }
}

string unwritten(string token)
{
    auto out_ = appender!string;
    for (size_t i = 1; i < token.length; i++)
        if (token[i] != '%') out_ ~= token[i];
        else if (token[i + 1] == 'u') { out_ ~= '?'; i += 5; }
        else { out_ ~= cast(char) token[i + 1 .. i + 3].to!ubyte(16); i += 2; }
    return out_[];
}

T due(T)(ref Reader reader)
{
    const token = reader.at < reader.tokens.length ? reader.tokens[reader.at] : "";
    static if (is(T == bool))
    {
        if (token != "t" && token != "f") throw new Mismatch("the candidate gave " ~ token);
        return reader.next() == "t";
    }
    else static if (isSomeChar!T) { return unwritten(reader.next()).to!(dchar[])[0].to!T; }
    else static if (is(T == enum)) return cast(T) due!(OriginalType!T)(reader);
    else static if (isIntegral!T)
    {
        if (token.length == 0 || token[0] != 'i') throw new Mismatch("the candidate gave " ~ token);
        return reader.next()[1 .. $].to!T;
    }
    else static if (isFloatingPoint!T)
    {
        if (token.length != 17 || token[0] != 'd') throw new Mismatch("the candidate gave " ~ token);
        const bits = reader.next()[1 .. $].to!ulong(16);
        return cast(T) *cast(const double*) &bits;
    }
    else static if (isSomeString!T)
    {
        if (token.length == 0 || token[0] != 's') throw new Mismatch("the candidate gave " ~ token);
        return unwritten(reader.next()).to!T;
    }
    else static if (isStaticArray!T)
    {
        T made;
        if (reader.count("[") != made.length) throw new Mismatch("the candidate gave an array of another length");
        foreach (ref item; made) item = due!(ForeachType!T)(reader);
        return made;
    }
    else static if (isArray!T)
    {
        Unqual!(ForeachType!T)[] made;
        foreach (_; 0 .. reader.count("[")) made ~= due!(Unqual!(ForeachType!T))(reader);
        return cast(T) made;
    }
    else static if (isAssociativeArray!T)
    {
        T made;
        foreach (_; 0 .. reader.count("M"))
        {
            auto key = due!(KeyType!T)(reader);
            made[key] = due!(ValueType!T)(reader);
        }
        return made;
    }
    else static if (isTuple!T)
    {
        T made;
        if (reader.count("(") != made.expand.length) throw new Mismatch("the candidate gave a tuple of another length");
        static foreach (i; 0 .. T.Types.length) made[i] = due!(T.Types[i])(reader);
        return made;
    }
    else static if (isInstanceOf!(Nullable, T))
    {
        if (token != "n") return T(due!(TemplateArgsOf!T[0])(reader));
        reader.next();
        return T.init;
    }
    else static assert(false, "cupel: this type cannot cross: " ~ T.stringof);
}

// ── the two ends of the channel ──

private string mark;
private string[] lines;
private int channel;

/* Before what the program does when it starts, since it imports this module. */
static this()
{
    channel = dup(1);
    auto whole = appender!(char[]);
    char[1 << 16] part;
    for (ptrdiff_t n; (n = readFrom(0, part.ptr, part.length)) > 0;) whole ~= part[0 .. n];
    lines = whole[].idup.split('\n');
    mark = lines[0];
    lines = lines[1 .. $];
}

void send(string line)
{
    import core.stdc.stdio : fflush;
    fflush(null);
    const bytes = "\n" ~ mark ~ " " ~ line ~ "\n";
    for (size_t done = 0; done < bytes.length;)
    {
        const n = writeTo(channel, bytes.ptr + done, bytes.length - done);
        if (n <= 0) exitNow(1);
        done += n;
    }
}

private string failure(Throwable error)
{
    import std.algorithm.comparison : min;
    const name = typeid(error).name.split('.')[$ - 1];
    return "e " ~ written('s', name) ~ " " ~ written('s', error.msg[0 .. min($, 2000)]);
}

/* Answers each call by `f`, whose arguments and result are those of the prompt's function. */
void serve(alias f, Result, Args...)()
{
    foreach (line; lines)
    {
        if (line == "") continue;
        string reply;
        try
        {
            auto reader = Reader(line.split(' '), 2);
            Tuple!Args args;
            static foreach (i; 0 .. Args.length) args[i] = due!(Args[i])(reader);
            string[Args.length + 1] before;
            static foreach (i; 0 .. Args.length) before[i] = shown(args[i]);
            static if (is(Result == void)) { f(args.expand); reply = "v n"; }
            else
            {
                Result value = f(args.expand);
                reply = "v " ~ shown(value);
            }
            static foreach (i; 0 .. Args.length)
            {{
                const after = shown(args[i]);
                if (after != before[i]) reply ~= " m " ~ text(i) ~ " " ~ after;
            }}
        }
        catch (Throwable error) { reply = failure(error); }
        send(reply);
    }
}

// ── the tests' side ──

private size_t calls;
/* From the first guess on nothing decides: the tests go on as far as they come, to show which calls they make. */
private bool guessed;

/* What the candidate threw. */
class Raised : Exception
{
    this(string message) { super(message); }
}

Result call(Result, Args...)(string name, ref Args args)
{
    auto parts = [written('s', name), "(" ~ text(Args.length)];
    foreach (ref arg; args) parts ~= shown(arg);
    const asked = parts.join(" ");
    const at = 2 * calls++;
    const known = at + 1 < lines.length && lines[at] == asked;
    if (!known) guessed = true;
    send((known ? "c r " : "c g ") ~ asked);
    static if (!is(Result == void)) if (!known) return Result.init;
    static if (is(Result == void)) if (!known) return;
    auto reader = Reader(lines[at + 1].split(' '));
    if (reader.next() == "e")
    {
        const kind = unwritten(reader.next());
        throw new Raised(kind ~ ": " ~ unwritten(reader.next()));
    }
    try
    {
        static if (is(Result == void)) reader.next();
        else auto value = due!Result(reader);
        while (reader.more)
        {
            reader.next();
            const which = reader.next().to!size_t;
            static foreach (i; 0 .. Args.length)
                if (i == which)
                {
                    auto made = due!(Args[i])(reader);
                    static if (isDynamicArray!(Args[i]) && is(typeof(args[i][] = made[])))
                    {
                        if (made.length == args[i].length) args[i][] = made[];
                    }
                    else static if (isAssociativeArray!(Args[i]))
                    {
                        args[i].clear();
                        foreach (key, item; made) args[i][key] = item;
                    }
                }
        }
        static if (is(Result == void)) return;
        else return value;
    }
    catch (Mismatch error) { failed("what the candidate gave does not fit: " ~ error.msg); }
    assert(false);
}

/* In place of `assert`. */
void holds(T...)(lazy bool condition, lazy T about, size_t line = __LINE__)
{
    if (guessed) return;
    if (!condition) failed("tests.d(" ~ text(line) ~ "): assertion failed");
}

private void failed(string why)
{
    import core.stdc.stdio : fprintf, stderr;
    fprintf(stderr, "%.*s\n", cast(int) why.length, why.ptr);
    exitNow(1);
}

/* The unittests of the script, in order; after a guess what one throws does not keep the next from being seen. */
void tests(void function()[] all...)
{
    foreach (one; all)
        try one();
        catch (Throwable error)
            if (!guessed) failed(typeid(error).name ~ ": " ~ error.msg);
}
