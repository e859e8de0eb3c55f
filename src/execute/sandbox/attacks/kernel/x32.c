// tries: to pass the filter with the numbers of the x32 interface
// expect: ok, runtime-error
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
#ifdef __x86_64__
  const long x32 = 0x40000000;
  if (syscall(x32 | SYS_unshare, CLONE_NEWUSER) == 0) puts("ESCAPED: unshare");
  if (syscall(x32 | SYS_socket, AF_INET, SOCK_STREAM, 0) >= 0) puts("ESCAPED: socket");
  if (syscall(x32 | 521 /* ptrace */, 0, 0, 0, 0) == 0) puts("ESCAPED: ptrace");
  if (syscall(x32 | SYS_getpid) == getpid()) puts("ESCAPED: an x32 call");
  for (long number = 512; number < 548; number++)
    if (syscall(x32 | number, -1, 0, 0, 0, 0, 0) >= 0) printf("ESCAPED: x32 call %ld\n", number);
#endif
  puts("held");
}
