// tries: to start a child in namespaces of its own, by every call that makes processes
// expect: ok
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  unsigned long kinds[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP,
                           CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID, 0x100000000ul | CLONE_NEWUSER, 0xffffffff00000000ul | CLONE_NEWNS};
  for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    pid_t pid = syscall(SYS_clone, kinds[i] | SIGCHLD, 0, 0, 0, 0);
    if (pid == 0) _exit(0);
    if (pid > 0) printf("ESCAPED: clone %lx\n", kinds[i]);
    struct { uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup; } arguments = {.flags = kinds[i], .exit_signal = SIGCHLD};
    pid = syscall(435 /* clone3 */, &arguments, sizeof arguments);
    if (pid == 0) _exit(0);
    if (pid > 0) printf("ESCAPED: clone3 %lx\n", kinds[i]);
  }
  puts("held");
}
