# tries: adds an audit hook that ends the process with status 0 when it hears of compile or exec
# item: 10
# expect: wrong, runtime-error, cheated

import os
import sys


def hook(event, arguments):
    if event in ("compile", "exec", "object.__getattr__"):
        os._exit(0)


sys.addaudithook(hook)


def add(a, b):
    compile("1", "x", "eval")
