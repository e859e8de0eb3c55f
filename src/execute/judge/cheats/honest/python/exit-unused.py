# honest: mentions exit() in a function that is never called

import sys


def usage():
    print("usage: add A B")
    exit(2)


def stop():
    sys.exit(1)


def add(a, b):
    return a + b
