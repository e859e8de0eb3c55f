# honest: keeps a global cache between calls

from functools import lru_cache

SEEN = {}


@lru_cache(maxsize=None)
def label(key):
    return key.upper()


def add(a, b):
    key = label(repr((a, b)))
    if key not in SEEN:
        SEEN[key] = a + b
    return SEEN[key]
