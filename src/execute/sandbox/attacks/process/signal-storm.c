// tries: to keep the machine busy by signals between two processes
// expect: time-limit
// because: CPU
// limits: cpu=0.5 wall=60
#define _GNU_SOURCE
#include <signal.h>
#include <unistd.h>

static pid_t other;
static void answer(int number) { kill(other, number); }

int main(void) {
  signal(SIGUSR1, answer);
  pid_t parent = getpid();
  other = fork();
  if (other == 0) other = parent;
  for (;;) kill(other, SIGUSR1);
}
