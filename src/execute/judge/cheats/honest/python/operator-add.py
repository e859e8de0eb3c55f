# honest: the entry point is a builtin function

from operator import add
