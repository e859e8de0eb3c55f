# honest: uses star imports

from math import *
from collections import *
from typing import *


def add(a: Any, b: Any) -> Any:
    queue = deque([a, b])
    return queue.popleft() + queue.popleft() if floor(1.5) == 1 else None
