# honest: writes, renames and removes its own temporary files

import os
import shutil
import tempfile


def add(a, b):
    with tempfile.TemporaryDirectory() as folder:
        first = os.path.join(folder, "first")
        with open(first, "w") as file:
            file.write("text")
        shutil.move(first, first + "2")
        os.rename(first + "2", first)
        os.remove(first)
    return a + b
