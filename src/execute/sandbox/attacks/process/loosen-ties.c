// tries: to loosen every tie to its parent and to live on as a daemon
// expect: ok
// limits: cpu=1 wall=4
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void) {
  prctl(PR_SET_PDEATHSIG, 0);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_SET_NAME, "kworker/0:1");
  puts("held");
  fflush(stdout);
  if (fork() == 0) {
    prctl(PR_SET_PDEATHSIG, 0);
    setsid();
    if (fork() == 0) {
      close(0), close(1), close(2);
      for (;;) sleep(600);
    }
  }
}
