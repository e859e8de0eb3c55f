# honest: the block under __main__ is not last

def main():
    print("hello")


if __name__ == "__main__":
    main()


def add(a, b):
    return a + b
