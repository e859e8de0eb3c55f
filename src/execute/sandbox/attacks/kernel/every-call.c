// tries: to find a call that harms by trying each with hostile arguments, each in a child of its own
// expect: ok, time-limit
// limits: cpu=4 wall=12 processes=24 output=1000000
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  static char room[4096];
  long garbage[] = {0, -1, 1, (long)room, 0x7fffffffffffffff, 4096, 3, -100};
  srand(1);
  for (long number = 0; number < 600; number++) {
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
      alarm(1);
      if (number == SYS_fork || number == SYS_vfork || number == SYS_clone || number == SYS_alarm || number == SYS_pause || number == SYS_kill ||
          number == SYS_tkill || number == SYS_tgkill || number == SYS_rt_sigqueueinfo || number == SYS_rt_tgsigqueueinfo || number == 424)
        _exit(0);
      for (int i = 0; i < 12; i++)
        syscall(number, garbage[rand() % 8], garbage[rand() % 8], garbage[rand() % 8], garbage[rand() % 8], garbage[rand() % 8], garbage[rand() % 8]);
      _exit(0);
    }
    for (int waited = 0; pid > 0 && waitpid(pid, NULL, WNOHANG) == 0; waited++) {
      usleep(500);
      if (waited > 40) kill(pid, SIGKILL);
    }
  }
  puts("held");
}
