// tries: to nest folders deeper than any path can name
// expect: ok
// limits: cpu=3 wall=8 disk=8
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
  char name[201] = {0};
  memset(name, 'd', 200);
  int depth = 0;
  while (depth < 3000 && mkdir(name, 0700) == 0 && chdir(name) == 0) depth++;
  printf("%d deep\nheld\n", depth);
}
