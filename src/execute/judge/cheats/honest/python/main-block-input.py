# honest: the block under __main__ reads input that is not there, as scripts do, and says so

def add(a, b):
    return a + b


if __name__ == "__main__":
    try:
        print(add(int(input()), int(input())))
    except (EOFError, ValueError):
        print("no input")
