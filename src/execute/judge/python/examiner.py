"""The examiner's side: holds the tests, runs them against a stand-in for the candidate, and decides.

It reads nothing from the candidate but frames of plain data (wire.py). Comparisons happen here, between plain values,
by Python's own rules. A reference to an object that stays with the candidate (a closure, a generator, an instance of
its own class) can be called, iterated, and asked for attributes, but it never equals a plain value, and no plain value
is handed to its operators: an expected value must not reach the other side.
"""

import ast
import builtins
import importlib
import importlib.util
import os
import re
import symtable
import types

import cases
import wire

MAX_EVIDENCE = 600
EXITED = "the candidate's process ended before the tests did"


class CandidateGone(BaseException):
    """The candidate's process ended, or spoke something else than the protocol."""

    def __init__(self, how, reason):
        super().__init__(reason)
        self.how = how


def _reading(operation, kind=None):
    """What reading the object gives: asked once, and the same until the tests call the candidate again. An object that
    answers differently each time could satisfy tests that no value satisfies."""

    def read(self):
        value = self._once((operation,), lambda: self._session.ask(operation, self._number, []))
        if kind is not None and type(value) is not kind:
            raise TypeError("the candidate's object gave a %s where a %s is due" % (type(value).__name__, kind.__name__))
        return value

    return read


def _between_remotes(operation):
    """Operators run with the candidate only when both sides are its own objects."""

    def forward(self, other):
        if isinstance(other, Remote):
            return self._session.ask(operation, self._number, [other])
        return NotImplemented

    return forward


class Remote:
    """An object that stays with the candidate."""

    def __init__(self, session, number, kind, name):
        for field, value in (("_session", session), ("_number", number), ("_kind", kind), ("__name__", name), ("_known", {}), ("_at", -1)):
            object.__setattr__(self, field, value)

    def _once(self, key, ask):
        if self._at != self._session.calls_made:
            object.__setattr__(self, "_known", {})
            object.__setattr__(self, "_at", self._session.calls_made)
        if key not in self._known:
            self._known[key] = ask()
        return self._known[key]

    def __call__(self, *args, **kwargs):
        return self._session.call(self._number, args, kwargs)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__") and name not in ("__doc__", "__dict__", "__wrapped__", "__annotations__"):
            raise AttributeError(name)
        return self._once(("getattr", name), lambda: self._session.ask("getattr", self._number, [name]))

    def __setattr__(self, name, value):
        self._session.changed()
        self._session.ask("setattr", self._number, [name, value])

    def __setitem__(self, key, value):
        self._session.changed()
        self._session.ask("setitem", self._number, [key, value])

    def __delitem__(self, key):
        self._session.changed()
        self._session.ask("delitem", self._number, [key])

    def __iter__(self):
        if self._kind == "iterator":
            return self
        seen, source = self._once(("iter",), lambda: ([], iter(self._session.ask("iter", self._number, []))))
        return _replayed(seen, source)

    def __next__(self):
        return self._session.ask("next", self._number, [])

    def __await__(self):
        return self._session.ask("await", self._number, [])
        yield

    def __contains__(self, value):
        return any(value is item or value == item for item in self)

    def __instancecheck__(self, value):
        return isinstance(value, Remote) and self._session.ask("instance", value._number, [self]) is True

    def __eq__(self, other):
        if self is other:
            return True
        return isinstance(other, Remote) and self._session.ask("eq", self._number, [other]) is True

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self._number)

    def __repr__(self):
        return "<%s of the candidate>" % self.__name__

    def __enter__(self):
        return self._session.ask("enter", self._number, [])

    def __exit__(self, *error):
        self._session.changed()
        self._session.ask("exit", self._number, [])

    def __getitem__(self, key):
        return self._once(("getitem", repr(key)), lambda: self._session.ask("getitem", self._number, [key]))

    def __reversed__(self):
        return self._session.ask("reversed", self._number, [])


def _replayed(seen, source):
    """Iterates over what was seen before, then over what is still to come."""
    index = 0
    while True:
        while index >= len(seen):
            try:
                seen.append(next(source))
            except StopIteration:
                return
        yield seen[index]
        index += 1


for _name, _kind in (("len", int), ("int", int), ("index", int), ("float", float), ("bool", bool), ("str", str), ("abs", None), ("neg", None)):
    setattr(Remote, "__%s__" % _name, _reading(_name, _kind))
for _name in "lt le gt ge add sub mul truediv floordiv mod pow matmul lshift rshift xor".split():
    setattr(Remote, "__%s__" % _name, _between_remotes(_name))
for _name in ("and", "or"):
    setattr(Remote, "__%s__" % _name, _between_remotes(_name + "_"))


class Session:
    """One candidate's channel, seen from the tests."""

    def __init__(self, channel, entry):
        self.channel, self.entry = channel, entry
        self.calls, self.last, self.gone, self.borrowed, self.classes = 0, None, None, {}, {}
        self.calls_made = 0  # what has been read of the candidate's objects holds until the next
        self.number = int.from_bytes(os.urandom(6), "big")
        self.side = wire.Side(self.remote, self.lend, self.own_reference)
        self.side.trusts_names = False

    def remote(self, number, kind, name, bases):
        if kind == "exception-class":
            made = wire.exception_class(name, bases)
            self.classes[made] = number
            return made
        if number not in self.borrowed:
            self.borrowed[number] = Remote(self, number, kind, name)
        return self.borrowed[number]

    def own_reference(self, value):
        if type(value) is Remote:
            return value._number
        if type(value) is Entry:
            return value.__name__
        return self.classes.get(value) if isinstance(value, type) else None

    def lend(self, value):
        if isinstance(value, (types.FunctionType, types.BuiltinFunctionType, types.MethodType)):
            return "callable"
        if not isinstance(value, type) and hasattr(type(value), "__next__"):
            return "iterator"
        return None

    def lose(self, how, reason):
        self.gone = CandidateGone(how, reason)
        raise self.gone

    def receive(self):
        try:
            return self.channel.receive()
        except wire.ProtocolError as error:
            self.lose("protocol", str(error))
        except (wire.Closed, OSError):
            self.lose("exited", EXITED)

    def send(self, message):
        try:
            self.channel.send(message)
        except OSError:
            self.lose("exited", EXITED)

    def exchange(self, message):
        if self.gone:
            raise self.gone
        self.number += 1
        number = message["i"] = self.number
        self.send(message)
        while True:
            reply = self.receive()
            if reply.get("i") != number:
                self.lose("protocol", "a reply to no question")
            if "ask" not in reply:
                return reply
            self.send({"answer": self.perform(reply)})

    def perform(self, request):
        """The candidate calls a function (or draws from an iterator) that a test passed to it."""
        try:
            target = self.side.own(request["ask"])
            args = self.side.decode(request["a"])
            value = next(target) if request["o"] == "next" else target(*args[0], **args[1])
            return {"v": self.side.encode(value)}
        except wire.ProtocolError as error:
            self.lose("protocol", str(error))
        except Exception as error:
            return {"e": wire.describe_exception(error, self.side)}

    def result(self, reply, args):
        """What a reply means: a value, one of the arguments, or an exception; changed arguments are copied back."""
        try:
            self.side.refilled, _ = wire.containers(args)
            for index, after in (reply.get("m") or {}).items():
                self.take_over(args[int(index)], self.side.decode(after))
            if "e" not in reply:
                return self.side.decode(reply["v"])
            error = wire.make_exception(reply["e"], self.side)
        except wire.ProtocolError as problem:
            self.lose("protocol", str(problem))
        except (KeyError, TypeError, IndexError, ValueError, AttributeError):
            self.lose("protocol", "a reply that is not one")
        finally:
            self.side.refilled = None
        raise error

    def take_over(self, old, new):
        """Containers have been refilled by decoding; what is left are arrays, which cross as a whole."""
        if old is not new and type(old).__name__ == "ndarray" and type(new) is type(old):
            old[...] = new

    def changed(self):
        self.calls_made += 1

    def call(self, target, args, kwargs):
        self.calls += 1
        self.changed()
        held, shared = wire.containers(args)
        encoded = self.side.encode_shared(args, held) if shared else self.side.items(args, 0)
        names = {name: self.side.encode(value) for name, value in kwargs.items()}
        self.last = [target, args, kwargs]
        reply = self.exchange({"o": "call", "f": target, "a": encoded, "k": _tagged(names), "m": 1 if held or any(type(item) is dict for item in encoded) else 0})
        value = self.result(reply, args)
        self.last = [target, args, kwargs, value]
        return value

    def ask(self, operation, target, args):
        self.calls += 1
        encoded = [self.side.encode(arg) for arg in args]
        return self.result(self.exchange({"o": operation, "f": target, "a": encoded}), args)

    def names(self, wanted):
        """The candidate's own names that the tests use: plain values as they are, the rest as stand-ins."""
        reply = self.exchange({"o": "names", "f": self.entry, "a": wanted})
        values = reply.get("v")
        if type(values) is not list or len(values) != len(wanted):
            self.lose("protocol", "a reply that is not one")
        return {
            name: self.result({"v": value[0]}, [])
            for name, value in zip(wanted, values)
            if type(value) is list and len(value) == 1
        }


def _tagged(names):
    flat = []
    for name, value in names.items():
        flat += [name, value]
    return {"t": "dict", "v": flat}


def _short(value, size=160):
    try:
        text = repr(value)
    except Exception:
        text = "<%s>" % type(value).__name__
    return text if len(text) <= size else text[:size] + "…"


def _shown(target, args, kwargs, *value):
    parts = [_short(arg, 80) for arg in args] + ["%s=%s" % (name, _short(item, 80)) for name, item in kwargs.items()]
    call = "%s(%s)" % (target if type(target) is str else "…", ", ".join(parts))
    return call + " → " + _short(value[0]) if value else call + " gave no value"


class Entry:
    """The stand-in for the candidate function."""

    def __init__(self, session, name):
        self.session, self.__name__, self.__qualname__, self.__doc__ = session, name, name, None

    def __call__(self, *args, **kwargs):
        return self.session.call(self.__name__, args, kwargs)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.session.ask("getattr", self.__name__, [name])

    def __instancecheck__(self, value):
        return isinstance(value, Remote) and self.session.ask("instance", value._number, [self]) is True


class _Numbered(ast.NodeTransformer):
    """Tells which assertion is being checked, so that a verdict names it."""

    def __init__(self):
        self.lines = []

    def visit_Assert(self, node):
        self.generic_visit(node)
        here = ast.Call(ast.Name("__cupel_at__", ast.Load()), [ast.Constant(len(self.lines))], [])
        self.lines.append(node.lineno)
        return [ast.copy_location(ast.Expr(here), node), node]


def module_names(source):
    """(names the module binds, names it or anything in it takes from the module or the built-ins)"""
    top = symtable.symtable(source, "tests.py", "exec")
    bound = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    bound |= {child.get_name() for child in top.get_children() if child.get_type() in ("function", "class")}
    used, tables = set(), [top]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (table is top or symbol.is_global()):
                used.add(symbol.get_name())
    return bound, used


def _imports(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def _before(prompt, entry):
    """What stands before the function that the prompt leaves open."""
    heads = [found.start() for found in re.finditer(r"^(?:async[ \t]+)?def[ \t]+%s\b" % re.escape(entry), prompt, re.MULTILINE)]
    return prompt[: heads[-1]] if heads else prompt


# Modules with which tests compare, and which keep no state that a test could set for the program.
_comparing = {name: name for name in "math cmath operator functools itertools collections string re statistics json decimal fractions numpy".split()}
_comparing["np"] = "numpy"


def _own_modules(tree, names):
    """What the tests leave to the program to import, by name. Only if all that they do with it is to take what the module has,
    since a function of the program may be called so too."""
    used, loads = {}, {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            loads[node.id] = loads.get(node.id, 0) + 1
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.setdefault(node.value.id, []).append(node.attr)
    modules = {}
    for name in names & set(_comparing):
        if loads.get(name) != len(used.get(name, ())) or "random" in used[name]:
            continue
        try:
            module = importlib.import_module(_comparing[name])
        except ImportError:
            continue
        if all(hasattr(module, attribute) for attribute in used[name]):
            modules[name] = module
    return modules


class Script:
    """A test script, read once and run against many candidates."""

    def __init__(self, trusted, script, entry):
        self.entry, self.text, self.source, self.trusted_source = entry, script.splitlines(), script, trusted
        try:
            self.read(trusted, script, entry)
        except (SyntaxError, ValueError, RecursionError) as error:
            raise wire.BadSuite("the test script does not compile: %s" % error) from None

    def read(self, trusted, script, entry):
        tree = ast.parse(script)
        self.imported = sorted({name.split(".")[0] for node in tree.body for name in _imports(node)})
        numbered = _Numbered()
        self.has_check = any(isinstance(node, ast.FunctionDef) and node.name == "check" for node in tree.body)
        calls_check = any(isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "check" for node in tree.body)
        self.calls_check = self.has_check and not calls_check
        self.cases = [] if self.has_check else cases.found(tree)
        bound, used = module_names(script)
        unknown = used - bound - set(dir(builtins))
        self.modules = _own_modules(tree, unknown - {entry})
        self.code = compile(ast.fix_missing_locations(numbered.visit(tree)), "tests.py", "exec", dont_inherit=True)
        self.lines = numbered.lines
        self.trusted, self.vouched = None, []
        for vouching in (trusted, _before(trusted, entry)):
            try:
                self.trusted = compile(vouching, "prompt.py", "exec", dont_inherit=True)
                self.vouched = sorted((unknown & module_names(vouching)[0]) - {entry})
                break
            except (SyntaxError, ValueError):
                pass  # a prompt that is no program (yet) vouches for what stands before its function
        self.unknown = sorted(unknown - {entry})

    def namespace(self):
        names = {"__name__": "tests", "__builtins__": builtins}
        if self.trusted is not None:
            try:
                exec(self.trusted, names)
            except Exception:
                pass
        return names

    def run(self, session):
        names = self.namespace()
        if self.unknown:
            self.supply(names, session.names(self.unknown))
        names[self.entry] = Entry(session, self.entry)
        return self.execute(names, lambda: session.calls, session)

    def supply(self, names, found):
        """The names the tests use beside the entry point. As in the published harnesses the program must have them, but
        where the prompt defines one too, the prompt's is used, and of a module ours: a candidate cannot bend the tests by
        redefining it."""
        for name in self.vouched:
            if name not in found:
                names.pop(name, None)
        names.update({name: self.modules.get(name, value) for name, value in found.items() if name not in self.vouched})

    def run_locally(self, candidate):
        """In-process mode: the tests use the real objects. What counts as executed are the assertions."""
        names = self.namespace()
        self.supply(names, {name: candidate[name] for name in self.unknown if name in candidate})
        names[self.entry] = candidate.get(self.entry)
        return self.execute(names, lambda: len(self.lines) + len(self.cases), None)

    def execute(self, names, calls, session):
        reached, at = set(), -1

        def mark(number):
            nonlocal at
            reached.add(number)
            at = number

        def failed():
            when_failed.append((at, session and session.last))

        names["__cupel_at__"] = mark
        report, done, when_failed = {"ended": "passed"}, [], []
        try:
            exec(self.code, names)
            if self.calls_check:
                names["check"](names[self.entry])
            if self.cases:
                done = cases.run(self.cases, names, (CandidateGone, wire.CannotCross), failed)
        except CandidateGone:
            pass
        except wire.CannotCross as error:
            report = {"ended": "cannot-cross", "reason": str(error)}
        except AssertionError as error:
            report = self.failure(error)
        except ImportError as error:
            # before the first call it is the machine that lacks something
            own = session is not None and not calls() and getattr(error, "cupel_text", None) is None
            report = {"ended": "bad-suite" if own else "exception", "exception": self.exception(error)}
            report["reason"] = "the tests need what is not there: %s" % error
        except BaseException as error:
            report = {"ended": "exception", "exception": self.exception(error)}
        failing = next((error for _, status, error in done if status != "passed"), None)
        if failing is not None:
            report = self.failure(failing)
        if session is not None and session.gone:
            report = {"ended": session.gone.how, "reason": str(session.gone)}
        report["calls"] = calls()
        if report["ended"] == "passed" and not report["calls"]:
            report["ended"] = "empty-suite"
        if self.cases:
            statuses = {name: status for name, status, _ in done}
            report["tests"] = [[name, statuses.get(name, "not-reached")] for name in self.cases]
            if report["ended"] != "passed":
                name = next((name for name, status, _ in done if status != "passed"), "")
                at, last = when_failed[0] if when_failed else (at, session and session.last)
                report["evidence"] = "\n".join(filter(None, [name, self.evidence(at, report.get("text"), last)]))
            return report
        failed = "failed" if report["ended"] == "assertion" else "error"
        report["tests"] = [
            ["line %d" % line, "not-reached" if number not in reached else failed if number == at and report["ended"] != "passed" else "passed"]
            for number, line in enumerate(self.lines)
        ]
        if report["ended"] != "passed":
            report["evidence"] = self.evidence(at, report.get("text"), session and session.last)
        return report

    def failure(self, error):
        """An assertion of the tests that does not hold is something else than one in the program."""
        if isinstance(error, AssertionError) and getattr(error, "cupel_text", None) is None:
            return {"ended": "assertion", "text": _short(error.args[0]) if error.args else ""}
        return {"ended": "exception", "exception": self.exception(error)}

    def exception(self, error):
        text = getattr(error, "cupel_text", None)
        told = {"type": type(error).__name__, "message": (str(error) if text is None else text)[:2000]}
        return {**told, "line": getattr(error, "cupel_line", None), "candidate": text is not None}

    def evidence(self, at, text, last):
        """The assertion, the last call and what it gave."""
        parts = [self.text[self.lines[at] - 1].strip()[:MAX_EVIDENCE]] if at >= 0 else []
        if last:
            parts.append(_shown(*last))
        if text:
            parts.append(text)
        return "\n".join(parts)

    def blamed(self, report):
        """What the tests import a program may take for granted: where that is not there, it is not its fault."""
        exception = report.get("exception")
        missing = isinstance(exception, dict) and exception.get("type") == "ModuleNotFoundError" and self.lacks()
        return {**report, "ended": "bad-suite", "reason": "the tests need the module %s, which is not there" % missing} if missing else report

    def lacks(self):
        """The first module that the tests import and that is not there; None where all are."""
        for name in self.imported:
            try:
                if importlib.util.find_spec(name) is None:
                    return name
            except (ImportError, ValueError):
                return name
        return None

    def unreached(self):
        return [[name, "not-reached"] for name in self.cases or ["line %d" % line for line in self.lines]]


def greet(session):
    """Waits for the candidate's definition. Returns None when it is ready, else the report."""
    message = session.receive()
    if message.get("ready") is True:
        return None
    for key, ended in (("compile", "compile-error"), ("define", "exception")):
        if key in message:
            try:
                error = wire.make_exception(message[key], session.side)
                told = {"type": type(error).__name__, "message": error.cupel_text[:2000], "line": error.cupel_line, "candidate": True}
            except Exception:
                session.lose("protocol", "an error that is none")
            return {"ended": ended, "exception": told, "calls": 0, "tests": []}
    session.lose("protocol", "the first frame is not a greeting")


def examine(script, channel, mode="proxy"):
    """One candidate against one script; the candidate's `run` is at the other end of the channel."""
    session = Session(channel, script.entry)
    try:
        failed = greet(session)
        if failed:
            failed["tests"] = script.unreached()
            return script.blamed(failed)
        if mode == "in-process":
            return script.blamed(examine_in_process(script, session))
        return script.run(session)
    except CandidateGone as gone:
        return {"ended": gone.how, "reason": str(gone), "calls": session.calls, "tests": script.unreached()}


def examine_in_process(script, session):
    nonce = os.urandom(16).hex()
    session.send({"script": script.source, "trusted": script.trusted_source, "entry": script.entry, "nonce": nonce})
    report = session.receive()
    if report.pop("nonce", None) != nonce or report.get("ended") not in ("passed", "assertion", "exception", "empty-suite"):
        session.lose("protocol", "a report without the nonce")
    if not _is_report(report):
        session.lose("protocol", "a report that is none")
    if report["ended"] == "passed" and script.cases and report.get("tests") != [[name, "passed"] for name in script.cases]:
        session.lose("protocol", "a report that leaves out tests")
    return report


def _is_report(report):
    """It comes from the candidate's process: what nobody can read must not look like a failure of ours."""
    told, tests = report.get("exception"), report.get("tests")
    return (
        type(report.get("calls")) is int
        and abs(report["calls"]) < 1 << 31
        and all(type(report.get(name, "")) is str for name in ("evidence", "reason", "text"))
        and type(tests) is list
        and all(type(each) is list and [type(part) for part in each] == [str, str] for each in tests)
        and (report["ended"] != "exception" or type(told) is dict)
        and (told is None or (type(told) is dict and type(told.get("type")) is type(told.get("message")) is str and told.get("line") is None))
    )


def run_in_process(channel, namespace, request):
    """The candidate's half of the weaker mode: the script runs beside the program, and its report carries the nonce."""
    report = Script(request["trusted"], request["script"], request["entry"]).run_locally(namespace)
    channel.send({**report, "nonce": request["nonce"]})
