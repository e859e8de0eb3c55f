// tries: to make device files of its own and to open them
// expect: ok
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

int main(void) {
  int devices[][2] = {{1, 1}, {1, 2}, {1, 4}, {1, 11}, {5, 0}, {8, 0}, {254, 0}, {259, 0}, {10, 229}, {10, 200}, {7, 0}};
  for (unsigned i = 0; i < sizeof devices / sizeof *devices; i++)
    for (int block = 0; block < 2; block++) {
      unlink("device");
      if (mknod("device", (block ? S_IFBLK : S_IFCHR) | 0600, makedev(devices[i][0], devices[i][1])) == 0)
        printf("ESCAPED: made device %d:%d\n", devices[i][0], devices[i][1]);
      if (open("device", O_RDONLY | O_NONBLOCK) >= 0) puts("ESCAPED: opened a device");
    }
  puts("held");
}
