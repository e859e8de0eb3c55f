"""Many calls of one function, compared with what the benchmark's own solution gives: suites of kind `calls`.

The calls are sent ahead in a window that neither side can block on, so that hundreds of inputs cost one process and, in
effect, one round trip. Each is read anew from the wire on the other side: what the candidate does to its arguments
reaches neither a later call nor the comparison, which gets a copy of its own. Whatever the candidate returns that is not
plain data is an object of its own that equals nothing and is never asked for anything.

What is expected is found out beforehand by `expect`, with the solution in a process of its own in the place of a
candidate: a solution that hangs or dies is then seen as what it is. Where the benchmark says what is due, nothing is asked.
"""

import json
import math
import struct
import sys

import wire
from examiner import CandidateGone, Session, _shown, _short, greet

WINDOW_BYTES = 32768
WINDOW_CALLS = 64
# Where what is expected is a float and the benchmark says nothing else; the relative part is numpy's.
ABSOLUTE, RELATIVE = 1e-6, 1e-7


class Elsewhere:
    """What the candidate returned and that has no plain form: true, equal to nothing, and no more."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "<%s of the candidate>" % self.name


# ── what counts as equal ──


def same(got, expected, absolute=0):
    """Python's equality; floats may differ by `absolute` + 1e-7 × |expected|, wherever they stand, and NaN equals NaN."""
    try:
        if (got == expected) is True:
            return True
    except Exception:
        pass  # arrays have no one answer
    return _alike(got, expected, absolute)


def _alike(got, expected, absolute):
    got, kind = _unboxed(got), type(expected)
    if kind in (list, tuple):
        return type(got) is kind and len(got) == len(expected) and all(_alike(*pair, absolute) for pair in zip(got, expected))
    if isinstance(expected, dict):
        if not isinstance(got, dict) or len(got) != len(expected):
            return False
        return all(key in got and _alike(got[key], value, absolute) for key, value in expected.items())
    if kind.__module__ == "numpy":
        expected = _unboxed(expected) if kind.__name__ != "ndarray" else expected.tolist()
        return type(got) in (kind, type(expected)) and _alike(got.tolist() if type(got) is kind else got, expected, absolute)
    return type(got).__name__ != "ndarray" and ((got == expected) is True or _close(got, expected, absolute))


def as_json(value):
    """What JSON makes of it: lists of tuples, and strings of integers that are keys, at any depth."""
    if type(value) in (list, tuple):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key) if type(key) is int else key: as_json(item) for key, item in value.items()}
    return value


def _unboxed(value):
    """A number of numpy's is a number."""
    if type(value).__module__ == "numpy" and type(value).__name__ != "ndarray" and hasattr(value, "item"):
        return value.item()
    return value


def _close(got, expected, absolute):
    kinds = (type(got), type(expected))
    if not all(kind in (int, float, complex) for kind in kinds) or kinds == (int, int):
        return False
    if type(expected) is int and not absolute:
        return False
    if complex in kinds:
        got, expected = complex(got), complex(expected)
        return _close(got.real, expected.real, absolute) and _close(got.imag, expected.imag, absolute)
    if got == expected or (got != got and expected != expected):
        return True
    if math.isinf(expected):
        return False
    try:
        return abs(got - expected) <= (absolute or ABSOLUTE) + RELATIVE * abs(expected)
    except OverflowError:
        return False


# ── a suite, read once ──


class Calls:
    def __init__(self, suite):
        self.entry, self.absolute = suite["entry"], suite["absolute"]
        self.names, self.args, self.frames = [], [], []
        side = wire.Side(None, lambda value: None, lambda value: None)
        try:
            arguments = eval("lambda args: (%s\n)" % suite["arguments"], {}) if suite["arguments"] else None
            self.accepts = None
            if suite["accepts"]:
                names = {"math": math, "as_json": as_json, "same": lambda got, expected: same(got, expected, self.absolute)}
                self.accepts = eval("lambda args, got, expected: (%s\n)" % suite["accepts"], names)
            given = []
            for group in suite["groups"]:
                rows, due = _read(group["json"]), _read(group["due"]) if group["due"] is not None else None
                if due is not None and (type(due) is not list or len(due) != len(rows)):
                    raise wire.BadSuite("%s has %d inputs and not as many expected values" % (group["name"], len(rows)))
                for number, args in enumerate(rows, 1):
                    name = "%s %d" % (group["name"], number)
                    if type(args) is not list:
                        raise wire.BadSuite("%s is no list of arguments" % name)
                    args = arguments(args) if arguments else args
                    if args is not None:
                        self.add(name, [side.encode(arg) for arg in args])
                        if due is not None:
                            given.append(side.encode(due[number - 1]))
        except wire.BadSuite:
            raise
        except Exception as error:
            raise wire.BadSuite("the inputs cannot be read: %s: %s" % (type(error).__name__, error)) from None
        self.ends = {len(self.names) - 1} | {i for i in range(len(self.names) - 1) if self.group(i) != self.group(i + 1)}
        if given and len(given) != len(self.names):
            raise wire.BadSuite("some inputs have expected values and others have none")
        self.expected = json.loads(suite["expected"]) if suite["expected"] else given or None
        if self.expected is not None and len(self.expected) != len(self.names):
            raise wire.BadSuite("there are %d inputs and %d expected values" % (len(self.names), len(self.expected)))

    def add(self, name, args):
        self.names.append(name)
        self.args.append(args)
        call = wire._dumps({"o": "call", "f": self.entry, "a": args, "k": {"t": "dict", "v": []}})
        self.frames.append(call[1:].encode())  # what follows the number

    def group(self, index):
        return self.names[index].rpartition(" ")[0]


def _read(text):
    """Rows as Python's json reads them: integers of any length, NaN and Infinity."""
    limit = sys.get_int_max_str_digits() if hasattr(sys, "get_int_max_str_digits") else None
    if limit is not None:
        sys.set_int_max_str_digits(0)
    try:
        return json.loads(text)
    finally:
        if limit is not None:
            sys.set_int_max_str_digits(limit)


# ── one candidate ──


class Course:
    """All calls of a suite to one candidate, in order, and its replies."""

    def __init__(self, calls, channel, note=None):
        self.calls, self.note, self.passed, self.noted = calls, note, 0, -1
        self.session = Session(channel, calls.entry)
        self.session.side.remote = lambda number, kind, name, bases: Elsewhere(name)
        self.first = self.session.number + 1
        self.sent = self.bytes = 0
        if note:
            channel.before_read = self.wait

    def wait(self, readable):
        """A candidate that takes its time may be ended by its limits: until where it came is told before."""
        if not readable(0.02):
            self.tell()

    def tell(self):
        if self.note and self.noted != self.passed:
            self.noted = self.passed
            self.note({"passed": self.passed, "evidence": self.shown()})

    def supply(self):
        """Sends ahead what neither side can block on: a call larger than the window goes when nothing is under way."""
        frames, data = self.calls.frames, bytearray()
        while self.sent < len(frames):
            frame = b'{"i":%d,%b' % (self.first + self.sent, frames[self.sent])
            if self.sent > self.passed and (self.bytes + len(frame) > WINDOW_BYTES or self.sent - self.passed >= WINDOW_CALLS):
                break
            data += struct.pack(">I", len(frame)) + frame
            self.bytes += len(frame)
            self.sent += 1
        if data:
            try:
                self.session.channel.write(data)
            except OSError:
                pass  # what it said before it ended is still there to be read

    def replies(self):
        """The replies in order; the one before has passed when the next is asked for."""
        for index, frame in enumerate(self.calls.frames):
            if self.sent == index or self.sent - index <= WINDOW_CALLS // 2:
                self.supply()
            reply = self.session.receive()
            if reply.get("i") != self.first + index:
                self.session.lose("protocol", "a reply to no question")
            self.bytes -= len(frame) + len(b'{"i":%d,' % (self.first + index))
            yield index, reply
            self.passed = index + 1
            if index in self.calls.ends:
                self.tell()

    def value(self, reply):
        try:
            return self.session.result(reply, [])
        except RecursionError:
            if "e" in reply:
                raise
            self.session.lose("protocol", "a value that is nested too deeply")

    def arguments(self, index):
        return [self.session.side.decode(arg) for arg in self.calls.args[index]]

    def shown(self, *value):
        if self.passed >= len(self.calls.names):
            return ""
        return _shown(self.calls.entry, self.arguments(self.passed), {}, *value)

    def blame(self, what):
        """Which input the reference fails for."""
        where = "for %s, %s" % (self.calls.names[self.passed], self.shown()) if self.passed < len(self.calls.names) else ""
        return "the reference fails %s: %s" % (where, what)

    def report(self, ended, **more):
        """Which inputs passed is told by how many: they come in order, and the first that does not ends it."""
        calls = min(self.passed + 1, len(self.calls.names))
        return {"ended": ended, "calls": calls, "passed": self.passed, **more}

    def exception(self, error):
        text = getattr(error, "cupel_text", "")
        return {"type": type(error).__name__, "message": text[:2000], "line": getattr(error, "cupel_line", None), "candidate": True}


def examine(calls, channel, note=None):
    """One candidate against one suite, up to the first input for which it gives something else."""
    course = Course(calls, channel, note)
    try:
        failed = greet(course.session)
        if failed:
            return {**failed, "passed": 0}
        if not calls.names:
            return course.report("empty-suite")
        for index, reply in course.replies():
            expected = calls.expected[index]
            # What crosses as the same plain data is equal; the rest is looked at as values.
            if calls.accepts is None and len(reply) == 2 and "v" in reply and reply["v"] == expected:
                continue
            try:
                value = course.value(reply)
            except CandidateGone:
                raise
            except BaseException as error:
                evidence = course.shown() + "\nexpected " + _short(course.session.side.decode(expected))
                return course.report("exception", exception=course.exception(error), evidence=evidence)
            if not _accepted(calls, course, index, value):
                evidence = course.shown(value) + "\nexpected " + _short(course.session.side.decode(expected))
                return course.report("assertion", evidence=evidence)
        return course.report("passed")
    except CandidateGone as gone:
        return course.report(gone.how, reason=str(gone), evidence=course.shown())


def _accepted(calls, course, index, value):
    expected = course.session.side.decode(calls.expected[index])
    try:
        if calls.accepts is None:
            return same(value, expected, calls.absolute)
        return calls.accepts(course.arguments(index), value, expected) is True
    except Exception:
        return False  # what the comparison cannot be done with is not what was asked for


# ── what is expected ──


def expect(calls, channel, note=None):
    """The values that the benchmark's own solution gives, as they cross; or why there are none."""
    course, values = Course(calls, channel, note), []
    try:
        failed = greet(course.session)
        if failed:
            told = failed["exception"]
            raise wire.BadSuite("the reference cannot be loaded: %s: %s" % (told["type"], told["message"]))
        if calls.expected is not None:
            return {"ended": "expected", "names": calls.names, "values": json.dumps(calls.expected)}
        for _, reply in course.replies():
            try:
                value = course.value(reply)
            except CandidateGone:
                raise
            except BaseException as error:
                told = course.exception(error)
                raise wire.BadSuite(course.blame("%s: %s" % (told["type"], told["message"]))) from None
            if type(value) is Elsewhere:
                if calls.accepts is None:
                    raise wire.BadSuite(course.blame("it returns a %s, which has no plain form" % value.name))
                values.append(True)
            else:
                values.append(reply["v"])
    except CandidateGone as gone:
        raise wire.BadSuite(course.blame(str(gone))) from None
    # As text, since JavaScript's numbers are not Python's.
    return {"ended": "expected", "names": calls.names, "values": json.dumps(values)}
