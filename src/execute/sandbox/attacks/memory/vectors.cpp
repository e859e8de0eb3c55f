// tries: to fill memory and to swallow every refusal
// expect: ok, memory-limit
// limits: cpu=2 wall=6 memory=64
#include <cstdio>
#include <cstring>
#include <new>
#include <vector>

int main() {
  std::vector<char *> all;
  int mb = 0;
  for (int i = 0; i < 2000; i++) {
    try {
      all.push_back(new char[1 << 20]);
      std::memset(all.back(), 1, 1 << 20);
      mb++;
    } catch (const std::bad_alloc &) {
    }
  }
  if (mb <= 160) std::puts("held");
  else std::printf("ESCAPED: %d MB\n", mb);
}
