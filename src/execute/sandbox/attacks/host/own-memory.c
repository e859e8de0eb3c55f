// tries: to change the code of the system's libraries by writing to its own memory past its protection
// expect: ok
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
  int library = open("/usr/bin/env", O_RDONLY);
  char *map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, library, 0);
  int memory = open("/proc/self/mem", O_RDWR);
  if (memory >= 0 && map != MAP_FAILED) pwrite(memory, "ESCAPED", 7, (off_t)(intptr_t)map);
  if (map != MAP_FAILED && mprotect(map, 4096, PROT_READ | PROT_WRITE) == 0) puts("ESCAPED: writable");
  char now[7] = {0};
  if (pread(library, now, 4, 0) == 4 && now[0] != 0x7f) puts("ESCAPED: changed a program of the host");
  puts("held");
}
