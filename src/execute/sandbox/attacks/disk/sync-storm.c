// tries: to keep the machine's disks busy by syncing without end
// expect: time-limit, ok
// limits: cpu=0.5 wall=2
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  if (syscall(SYS_syncfs, open("/usr", O_RDONLY)) == 0) puts("ESCAPED: synced the file system of the host");
  int fd = open("file", O_RDWR | O_CREAT, 0600);
  for (int i = 0; i < 100000; i++) {
    if (write(fd, "x", 1) < 0) lseek(fd, 0, SEEK_SET);
    fsync(fd);
  }
  puts("held");
}
