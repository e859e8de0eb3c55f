# honest: defines a dataclass, which looks its module up

from dataclasses import dataclass
from typing import Any


@dataclass
class Pair:
    left: Any
    right: Any

    def total(self):
        return self.left + self.right


def add(a, b):
    return Pair(a, b).total()
