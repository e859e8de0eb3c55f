// tries: to fill the process table with processes that have ended
// expect: ok
// limits: cpu=1 wall=4 processes=16
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
  int made = 0;
  for (int i = 0; i < 3000; i++) {
    pid_t pid = fork();
    if (pid == 0) _exit(0);
    made += pid > 0;
  }
  if (made <= 16) puts("held");
  else printf("ESCAPED: %d zombies\n", made);
}
