// tries: to kill a program that runs at the same time
// expect: ok
// neighbour: yes
// needs: pid-ns or signal-scope
// limits: cpu=2 wall=8
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  for (int i = 0; i < 20; i++) {
    kill(-1, SIGKILL);
    for (int pid = 2; pid < 5000; pid++)
      if (pid != getpid()) kill(pid, SIGKILL);
    usleep(20000);
  }
  puts("held");
}
