// tries: to mount file systems of every kind
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>

int main(void) {
  const char *kinds[] = {"tmpfs", "proc", "sysfs", "devtmpfs", "cgroup", "cgroup2", "overlay", "ramfs", "devpts", "mqueue", "debugfs", "bpf", "fuse", "9p", "nfs", "ext4"};
  mkdir("here", 0700);
  for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (mount(kinds[i], "here", kinds[i], 0, "") == 0) printf("ESCAPED: mounted %s\n", kinds[i]);
    if (mount(kinds[i], "/tmp", kinds[i], 0, "") == 0) printf("ESCAPED: mounted %s over /tmp\n", kinds[i]);
  }
  puts("held");
}
