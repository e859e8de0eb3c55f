# honest: the work is done by a static method of a class

class Solution:
    @staticmethod
    def add(a, b):
        return a + b


add = Solution.add
