// tries: to join the namespaces of the first process, by their files and by a process descriptor
// expect: ok
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  const char *kinds[] = {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup", "time", "pid_for_children"};
  char path[64];
  for (int pid = 0; pid < 4; pid++)
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
      snprintf(path, sizeof path, pid ? "/proc/%d/ns/%s" : "/proc/self/ns/%2$s", pid, kinds[i]);
      int fd = open(path, O_RDONLY);
      if (fd >= 0 && setns(fd, 0) == 0) printf("ESCAPED: joined %s\n", path);
    }
  int fd = syscall(434 /* pidfd_open */, 1, 0);
  if (fd >= 0 && setns(fd, CLONE_NEWNS | CLONE_NEWPID) == 0) puts("ESCAPED: joined by descriptor");
  puts("held");
}
