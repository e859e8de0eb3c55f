# honest: does its work in a thread
# needs: threads

import threading


def add(a, b):
    results = []
    thread = threading.Thread(target=lambda: results.append(a + b))
    thread.start()
    thread.join()
    return results[0]
