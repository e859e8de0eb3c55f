// tries: to take descriptors, watchers, signals and locks away from a program that runs at the same time
// expect: ok
// neighbour: yes
// limits: cpu=3 wall=8 processes=16
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <unistd.h>

int main(void) {
  sigset_t all;
  union sigval value = {0};
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  for (int i = 0; i < 6; i++)
    if (fork() == 0) {
      while (inotify_init1(0) >= 0 || epoll_create1(0) >= 0) {}
      for (int j = 0; j < 50000; j++) sigqueue(getpid(), SIGRTMIN, value);
      for (;;) sleep(1);
    }
  flock(open("/usr/bin/python3", O_RDONLY), LOCK_EX | LOCK_NB);
  usleep(700000);
  puts("held");
}
