// tries: to be reported as out of memory by an exception that names it
// expect: runtime-error
#include <cstdio>
#include <stdexcept>

int main() {
  std::puts("std::bad_alloc");
  std::fputs("std::bad_alloc was never thrown\nreally\n", stderr);
  for (int i = 0; i < 20; i++) std::fputs("and so on\n", stderr);
  throw std::runtime_error("on purpose");
}
