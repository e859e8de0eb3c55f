# honest: uses an executor
# needs: threads

from concurrent.futures import ThreadPoolExecutor


def add(a, b):
    with ThreadPoolExecutor(max_workers=2) as pool:
        return pool.submit(lambda: a + b).result()
