# tries: imports modules a judge may be made of and replaces their functions
# item: 11
# expect: wrong, runtime-error, cheated

import importlib
import sys

for name in ("candidate", "wire", "driver", "examiner", "judge", "protocol", "guest", "harness"):
    try:
        importlib.import_module(name)
    except BaseException:
        pass


def yes(*arguments, **options):
    return True


for module in list(sys.modules.values()):
    if getattr(module, "__name__", "") in ("candidate", "wire", "driver", "examiner", "judge", "protocol", "guest", "harness"):
        for key, value in list(vars(module).items()):
            if callable(value) and not key.startswith("__"):
                setattr(module, key, yes)


def add(a, b):
    return None
