// tries: to take descriptors out of other processes, and to signal them by descriptor
// expect: ok
// needs: pid-ns or signal-scope
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  for (int pid = 1; pid < 40; pid++) {
    if (pid == getpid()) continue;
    int fd = syscall(434 /* pidfd_open */, pid, 0);
    if (fd < 0) continue;
    for (int other = 0; other < 20; other++)
      if (syscall(438 /* pidfd_getfd */, fd, other, 0) >= 0) printf("ESCAPED: descriptor %d of %d\n", other, pid);
    syscall(424 /* pidfd_send_signal */, fd, SIGKILL, 0, 0);
    if (syscall(440 /* process_madvise */, fd, 0, 0, 4, 0) >= 0) puts("ESCAPED: process_madvise");
  }
  puts("held");
}
