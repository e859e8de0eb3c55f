// tries: to use the hardware: ports, tables of the processor, old interfaces
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
#ifdef __x86_64__
  char room[64] = {0};
  if (syscall(SYS_iopl, 3) == 0) puts("ESCAPED: iopl");
  if (syscall(SYS_ioperm, 0x80, 1, 1) == 0) puts("ESCAPED: ioperm");
  if (syscall(SYS_modify_ldt, 0, room, sizeof room) >= 0) puts("ESCAPED: modify_ldt");
  if (syscall(SYS_uselib, "/usr/lib/x") == 0) puts("ESCAPED: uselib");
  if (syscall(SYS_sysfs, 3) >= 0) puts("ESCAPED: sysfs");
  if (syscall(SYS__sysctl, room) == 0) puts("ESCAPED: sysctl");
#endif
  puts("held");
}
