// tries: to fill as many pipes as it can make as large as they get
// expect: ok, memory-limit, runtime-error
// limits: cpu=2 wall=6 memory=64 processes=16
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
  static char part[1 << 20];
  volatile long *kb = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int child = 0; child < 8; child++)
    if (fork() == 0) {
      int p[2];
      while (pipe2(p, O_NONBLOCK) == 0) {
        fcntl(p[1], F_SETPIPE_SZ, 1 << 20);
        ssize_t n = write(p[1], part, sizeof part);
        if (n > 0) __sync_fetch_and_add(kb, n >> 10);
      }
      sleep(3);
      _exit(0);
    }
  sleep(1);
  if (*kb <= 200 << 10) puts("held");
  else printf("ESCAPED: %ld MB\n", *kb >> 10);
}
