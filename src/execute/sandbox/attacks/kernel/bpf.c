// tries: to load a program into the kernel
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  char attributes[128] = {0};
  for (int command = 0; command < 40; command++)
    if (syscall(SYS_bpf, command, attributes, sizeof attributes) >= 0) printf("ESCAPED: bpf %d\n", command);
  puts("held");
}
