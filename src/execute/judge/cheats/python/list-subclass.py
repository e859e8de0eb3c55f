# tries: returns a list subclass with patched __eq__, __len__ and __iter__
# item: 9
# expect: wrong

class List(list):
    def __eq__(self, other):
        return True

    def __len__(self):
        return 2

    def __iter__(self):
        return iter([1, 2])

    def __getitem__(self, index):
        return [1, 2][index]


def add(a, b):
    return List()
