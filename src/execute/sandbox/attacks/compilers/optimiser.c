// tries: to keep the optimiser busy with one enormous function
// expect: ok, compile-error
#define _GNU_SOURCE
#include <stdio.h>
#define S(x) x x x x x x x x
#define L if (a % 7 == b % 5) { a = a * 3 + b; goto *t[(a ^ b) & 1]; } else b = b * 5 + a;
int main(void) {
  unsigned a = 1, b = 2;
  void *t[] = {&&one, &&two};
one:
  S(S(S(L)))
two:
  S(S(S(L)))
  puts("held");
}
