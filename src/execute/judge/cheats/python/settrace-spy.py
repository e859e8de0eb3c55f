# tries: traces every later line to see the comparisons, and makes failures disappear
# item: 10
# expect: wrong, runtime-error, cheated

import sys


def spy(frame, event, argument):
    if event == "exception":
        frame.f_trace_lines = False
    if "expected" in frame.f_locals:
        globals()["seen"] = frame.f_locals["expected"]
    return spy


sys.settrace(spy)


def add(a, b):
    frame = sys._getframe().f_back
    while frame:
        frame.f_trace = spy
        frame = frame.f_back
    return globals().get("seen")
