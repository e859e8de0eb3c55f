// tries: to make the kernel start the host's crash handler outside the sandbox
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>

int main(void) {
  /* A limit of 1 is the only one that also keeps the kernel from starting a handler. */
  struct rlimit core;
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  if (getrlimit(RLIMIT_CORE, &core) || core.rlim_cur != 1) puts("ESCAPED: a crash starts the handler of the host");
  puts("held");
}
