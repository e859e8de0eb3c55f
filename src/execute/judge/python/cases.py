"""Test scripts made of classes or functions: unittest's TestCase, `class Test…` and `def test_…` as pytest finds them.

Not covered: what pytest adds to functions (fixtures, parameters). Tests with a decorator that skips are left out; one that
is skipped while it runs has not passed: in the weaker mode the program could have had it skipped.
"""

import ast
import inspect

import wire


def found(tree):
    """Names of the tests in a script, in order: `TestCases.test_one`, `test_two`. What the script calls itself is none."""
    names = []
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    for node in tree.body:
        if _skipped(node):
            continue
        if isinstance(node, ast.ClassDef) and (_is_case(node, classes) or node.name.startswith("Test")):
            names += ["%s.%s" % (node.name, each) for each in _methods(node, classes)]
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test") and node.name not in called:
            _without_fixtures(node, 0)
            names.append(node.name)
    return names


def _without_fixtures(node, own):
    if node.decorator_list:
        return  # which may bring them, as mock.patch does
    arguments = node.args.posonlyargs + node.args.args
    needed = [each.arg for each in arguments[own : len(arguments) - len(node.args.defaults)]]
    needed += [each.arg for each, default in zip(node.args.kwonlyargs, node.args.kw_defaults) if default is None]
    if needed:
        raise wire.BadSuite("the test %s takes %s: fixtures of pytest are not supported" % (node.name, ", ".join(needed)))


def _skipped(node):
    named = [each.func if isinstance(each, ast.Call) else each for each in getattr(node, "decorator_list", [])]
    return any((each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "")).startswith("skip") for each in named)


def _is_case(node, classes, depth=0):
    for base in node.bases:
        name = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
        if name.endswith("TestCase") or (depth < 9 and name in classes and _is_case(classes[name], classes, depth + 1)):
            return True
    return False


def _methods(node, classes):
    functions = [each for each in node.body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))]
    tests = [each for each in functions if each.name.startswith("test") and not _skipped(each)]
    if not _is_case(node, classes):
        for each in tests:
            _without_fixtures(each, 1)
    own = [each.name for each in tests]
    inherited = [name for base in node.bases if getattr(base, "id", "") in classes for name in _methods(classes[base.id], classes)]
    return own + [name for name in inherited if name not in own]


def run(names, namespace, ends, failed):
    """
    Runs the tests called `names`. Gives [name, status, error] for each that ran. Exceptions in `ends` come out; `failed` is
    called when a test has just failed.
    """
    import unittest

    class Result(unittest.TestResult):
        def __init__(self):
            super().__init__()
            self.ended, self.errors_of, self.passed = None, {}, set()

        def note(self, test, error, status):
            if isinstance(error, ends):
                self.ended = error
                self.stop()
            failed()
            self.errors_of.setdefault(getattr(test, "_testMethodName", None), (status, error))

        def addSuccess(self, test):
            self.passed.add(test._testMethodName)

        def addExpectedFailure(self, test, info):
            self.passed.add(test._testMethodName)

        def addFailure(self, test, info):
            self.note(test, info[1], "failed")

        def addError(self, test, info):
            self.note(test, info[1], "error")

        def addSubTest(self, test, subtest, info):
            if info is not None:
                self.note(test, info[1], "failed" if isinstance(info[1], test.failureException) else "error")

        def addSkip(self, test, reason):
            self.note(test, RuntimeError("the test was skipped: %s" % reason), "error")

        def addUnexpectedSuccess(self, test):
            self.note(test, AssertionError("the test passes, but is marked as one that fails"), "failed")

    def of_class(kind, methods):
        if isinstance(kind, type) and issubclass(kind, unittest.TestCase):
            result = Result()
            unittest.TestSuite([kind(name) for name in methods]).run(result)
            if result.ended is not None:
                raise result.ended
            # what breaks in the fixtures of the class concerns all its tests
            whole = result.errors_of.get(None) or ("error", RuntimeError("the test did not come to its end"))
            return [[name, *(result.errors_of.get(name) or (("passed", None) if name in result.passed else whole))] for name in methods]
        return [[name, *_called(lambda: _in_object(kind, name), ends, failed)] for name in methods]

    done, groups = [], {}
    for name in names:
        group, _, method = name.rpartition(".")
        groups.setdefault(group or name, []).append(method)
    for group, methods in groups.items():
        if group in methods:
            done.append([group, *_called(lambda: _plain(namespace[group]), ends, failed)])
        else:
            done += [["%s.%s" % (group, name), *rest] for name, *rest in of_class(namespace[group], methods)]
    return done


def _called(call, ends, failed):
    try:
        call()
        return "passed", None
    except ends:
        raise
    except BaseException as error:
        failed()
        return "failed" if isinstance(error, AssertionError) else "error", error


def _plain(function):
    made = function()
    if inspect.iscoroutine(made):
        import asyncio

        asyncio.run(made)


def _in_object(kind, name):
    made = kind()
    for step in ("setup_method", name, "teardown_method"):
        if hasattr(made, step):
            method = getattr(made, step)
            _plain(method) if step == name else method(*[getattr(made, name)] * len(inspect.signature(method).parameters))
