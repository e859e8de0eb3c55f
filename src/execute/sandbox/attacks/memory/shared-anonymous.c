// tries: to take memory that is shared and therefore nobody's
// expect: ok, memory-limit
// limits: cpu=2 wall=6 memory=64 processes=16
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
  volatile int *mb = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int child = 0; child < 10; child++)
    if (fork() == 0) {
      for (int i = 0; i < 50; i++) {
        char *part = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (part == MAP_FAILED) continue;
        memset(part, 1, 1 << 20);
        __sync_fetch_and_add(mb, 1);
      }
      sleep(2);
      _exit(0);
    }
  sleep(1);
  if (*mb <= 320) puts("held");
  else printf("ESCAPED: %d MB\n", *mb);
}
