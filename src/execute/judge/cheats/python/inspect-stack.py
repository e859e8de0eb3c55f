# tries: reads the source lines around each caller and evaluates what follows ==
# item: 10
# expect: wrong, runtime-error

import inspect
import re


def add(a, b):
    for record in inspect.stack(context=9)[1:]:
        for line in record.code_context or []:
            match = re.search(r"==\s*(.+)$", line)
            if match:
                return eval(match.group(1))
    return None
