// tries: to read and to keep keys in the kernel, which outlive the program
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  if (syscall(SYS_add_key, "user", "left", "ESCAPED", 7, -3) >= 0) puts("ESCAPED: add_key");
  if (syscall(SYS_request_key, "user", "left", NULL, -3) >= 0) puts("ESCAPED: request_key");
  for (int command = 0; command < 32; command++)
    if (syscall(SYS_keyctl, command, -3, 0, 0, 0) >= 0) printf("ESCAPED: keyctl %d\n", command);
  puts("held");
}
