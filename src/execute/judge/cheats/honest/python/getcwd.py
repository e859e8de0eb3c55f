# honest: asks for the working directory

import os

HERE = os.getcwd()


def add(a, b):
    assert os.path.isdir(os.getcwd())
    return a + b
