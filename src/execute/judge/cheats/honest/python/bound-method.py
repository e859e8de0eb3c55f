# honest: the entry point is a bound method

class Solution:
    def add(self, a, b):
        return a + b


add = Solution().add
