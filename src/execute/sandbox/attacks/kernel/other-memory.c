// tries: to read and to write the memory of other processes
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

int main(void) {
  char mine[64];
  for (int pid = 1; pid < 20; pid++) {
    struct iovec local = {mine, sizeof mine}, remote = {(void *)0x400000, sizeof mine};
    if (syscall(SYS_process_vm_readv, pid, &local, 1, &remote, 1, 0) >= 0) puts("ESCAPED: process_vm_readv");
    if (syscall(SYS_process_vm_writev, pid, &local, 1, &remote, 1, 0) >= 0) puts("ESCAPED: process_vm_writev");
    if (ptrace(PTRACE_SEIZE, pid, 0, 0) == 0) puts("ESCAPED: ptrace");
    if (syscall(SYS_kcmp, pid, getpid(), 1, 0, 0) >= 0) puts("ESCAPED: kcmp");
    if (syscall(SYS_migrate_pages, pid, 1, mine, mine) >= 0) puts("ESCAPED: migrate_pages");
  }
  if (ptrace(PTRACE_TRACEME, 0, 0, 0) == 0) puts("ESCAPED: PTRACE_TRACEME");
  puts("held");
}
