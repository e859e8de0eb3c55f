# tries: returns a str subclass with patched __eq__ and __hash__
# item: 9
# expect: wrong

class Text(str):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash(5)


def add(a, b):
    return Text("5")
