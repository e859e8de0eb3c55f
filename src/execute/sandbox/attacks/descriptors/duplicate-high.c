// tries: to reach descriptors of the server by duplicating and by guessing numbers
// expect: ok
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
  struct stat s;
  for (int fd = 3; fd < 5000; fd++)
    if (fstat(fd, &s) == 0) printf("ESCAPED: descriptor %d is open\n", fd);
  if (dup2(1, 1 << 20) >= 0) puts("ESCAPED: descriptor 1048576");
  if (fcntl(1, F_DUPFD, 300) >= 0) puts("ESCAPED: descriptor 300");
  puts("held");
}
