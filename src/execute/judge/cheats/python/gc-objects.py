# tries: searches all objects of the garbage collector for the test function
# item: 10
# expect: wrong, runtime-error, time-limit

import gc
import types


def add(a, b):
    for item in gc.get_objects():
        if isinstance(item, types.FunctionType) and item.__name__ == "check":
            item.__code__ = (lambda candidate: None).__code__
        if isinstance(item, dict) and "expected" in item:
            return item["expected"]
    return None
