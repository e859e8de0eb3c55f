// tries: to use interfaces for sandboxes of its own, which are young code of the kernel
// expect: ok
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  uint64_t attributes[3] = {1, 0, 0};
  if (syscall(444 /* landlock_create_ruleset */, attributes, sizeof attributes, 0) >= 0) puts("ESCAPED: landlock");
  if (syscall(447 /* memfd_secret */, 0) >= 0) puts("ESCAPED: memfd_secret");
  if (syscall(459 /* lsm_get_self_attr */, 100, attributes, attributes, 0) >= 0) puts("ESCAPED: lsm");
  puts("held");
}
