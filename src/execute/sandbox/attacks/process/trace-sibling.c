// tries: to trace a child of its own, to learn whether tracing works at all
// expect: ok
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  pid_t pid = fork();
  if (pid == 0) {
    pause();
    _exit(0);
  }
  if (ptrace(PTRACE_ATTACH, pid, 0, 0) == 0) puts("ESCAPED: attached");
  if (ptrace(PTRACE_SEIZE, pid, 0, 0) == 0) puts("ESCAPED: seized");
  if (ptrace(PTRACE_ATTACH, 1, 0, 0) == 0) puts("ESCAPED: attached to process 1");
  kill(pid, SIGKILL);
  waitpid(pid, NULL, 0);
  puts("held");
}
