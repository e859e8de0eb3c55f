// tries: to write past the size of a file by ignoring the signal that says so
// expect: ok
// limits: cpu=2 wall=6 disk=8
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void) {
  static char megabyte[1 << 20];
  struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
  signal(SIGXFSZ, SIG_IGN);
  if (setrlimit(RLIMIT_FSIZE, &more) == 0) puts("ESCAPED: raised the file size");
  int fd = open("big", O_WRONLY | O_CREAT, 0600), mb = 0;
  for (int i = 0; i < 100; i++) mb += write(fd, megabyte, sizeof megabyte) == (ssize_t)sizeof megabyte;
  if (mb <= 8) puts("held");
  else printf("ESCAPED: %d MB\n", mb);
}
