// tries: to make the compiler compute for ever
// expect: compile-error
constexpr unsigned long run() {
  unsigned long n = 0;
  for (unsigned long i = 0; i < 1ul << 62; i++) n ^= i;
  return n;
}
constexpr unsigned long value = run();
int main() { return value; }
