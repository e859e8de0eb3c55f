// tries: to change its root, and to leave it by the folder it kept open
// expect: ok
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  mkdir("jail", 0700);
  int root = open("/", O_RDONLY | O_DIRECTORY);
  if (chroot("jail") == 0) {
    puts("ESCAPED: chroot");
    fchdir(root);
    for (int i = 0; i < 100; i++) chdir("..");
    chroot(".");
  }
  if (syscall(SYS_pivot_root, ".", ".") == 0) puts("ESCAPED: pivot_root");
  if (syscall(SYS_pivot_root, "/", "/tmp") == 0) puts("ESCAPED: pivot_root to /tmp");
  puts("held");
}
