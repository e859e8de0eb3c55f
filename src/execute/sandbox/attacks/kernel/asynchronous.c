// tries: to make the kernel work for it in the background
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  unsigned long context = 0;
  if (syscall(SYS_io_setup, 8, &context) == 0) puts("ESCAPED: io_setup");
  if (syscall(SYS_lookup_dcookie, 0, &context, 0) >= 0) puts("ESCAPED: lookup_dcookie");
  if (syscall(SYS_remap_file_pages, 0, 0, 0, 0, 0) == 0) puts("ESCAPED: remap_file_pages");
  if (syscall(SYS_mbind, 0, 0, 0, 0, 0, 0) == 0) puts("ESCAPED: mbind");
  if (syscall(SYS_set_mempolicy, 0, 0, 0) == 0) puts("ESCAPED: set_mempolicy");
  if (syscall(SYS_sched_setattr, 0, &context, 0) == 0) puts("ESCAPED: sched_setattr");
  puts("held");
}
