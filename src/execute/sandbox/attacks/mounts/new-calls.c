// tries: to mount with the calls that came after mount(2)
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  const char *kinds[] = {"tmpfs", "proc", "sysfs", "overlay", "cgroup2", "mqueue"};
  for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (syscall(430 /* fsopen */, kinds[i], 0) >= 0) printf("ESCAPED: fsopen %s\n", kinds[i]);
  int tree = syscall(428 /* open_tree */, -100, "/usr", 1 /* OPEN_TREE_CLONE */);
  if (tree >= 0) puts("ESCAPED: open_tree");
  if (syscall(429 /* move_mount */, -100, "/usr", -100, "/tmp", 0) == 0) puts("ESCAPED: move_mount");
  if (syscall(433 /* fspick */, -100, "/", 0) >= 0) puts("ESCAPED: fspick");
  if (syscall(457 /* statmount */, NULL, NULL, 0, 0) == 0) puts("ESCAPED: statmount");
  puts("held");
}
