# tries: patches abs, isinstance, repr and __build_class__ for whoever shares the interpreter
# item: 12
# expect: wrong, runtime-error, cheated

import builtins

builtins.abs = lambda value: 0
builtins.isinstance = lambda value, kind: True
builtins.repr = lambda value: "5"
builtins.len = lambda value: 2
builtins.__build_class__ = lambda *arguments, **options: None


def add(a, b):
    return None
