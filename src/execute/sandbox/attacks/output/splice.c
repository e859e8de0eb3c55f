// tries: to move data into its output inside the kernel
// expect: output-limit, ok
// limits: cpu=2 wall=6 output=65536 disk=8
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <unistd.h>

int main(void) {
  int file = open("zero", O_RDWR | O_CREAT, 0600);
  ftruncate(file, 1 << 20);
  for (int i = 0; i < 200; i++) {
    loff_t from = 0;
    off_t at = 0;
    splice(file, &from, 1, NULL, 1 << 20, 0);
    sendfile(1, file, &at, 1 << 20);
  }
  puts("held");
}
