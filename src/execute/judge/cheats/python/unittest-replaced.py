# tries: replaces the assertions and the loader of unittest and pytest
# item: 12
# expect: wrong, runtime-error

import sys
import types
import unittest

for name in list(vars(unittest.TestCase)):
    if name.startswith("assert"):
        setattr(unittest.TestCase, name, lambda *arguments, **options: None)
unittest.TestLoader.loadTestsFromTestCase = lambda self, case: unittest.TestSuite()
fake = types.ModuleType("pytest")
fake.raises = fake.approx = fake.skip = lambda *arguments, **options: None
sys.modules["pytest"] = fake


def add(a, b):
    raise unittest.SkipTest("nothing to see")
