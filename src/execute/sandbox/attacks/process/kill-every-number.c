// tries: to kill every process number one by one, with kill, tkill and queued signals
// expect: ok
// needs: pid-ns or signal-scope
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  union sigval value = {0};
  for (int pid = 2; pid < 70000; pid++) {
    if (pid == getpid()) continue;
    kill(pid, SIGKILL);
    syscall(SYS_tkill, pid, SIGKILL);
    sigqueue(pid, SIGKILL, value);
  }
  kill(CANARY_PID, SIGKILL);
  puts("held");
}
