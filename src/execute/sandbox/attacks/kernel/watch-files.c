// tries: to watch which programs the host and other users start, by watching the system's folders
// expect: ok
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  signal(SIGIO, SIG_IGN);
  if (inotify_add_watch(inotify_init1(0), "/usr/bin", IN_OPEN | IN_ACCESS) >= 0) puts("ESCAPED: inotify on /usr/bin");
  if (syscall(SYS_fanotify_init, 0, 0) >= 0) puts("ESCAPED: fanotify");
  int folder = open("/usr/bin", O_RDONLY);
  if (fcntl(folder, 1026 /* F_NOTIFY */, 0x80000001) == 0) puts("ESCAPED: dnotify on /usr/bin");
  int file = open("/usr/bin/env", O_RDONLY);
  if (fcntl(file, 1024 /* F_SETLEASE */, F_RDLCK) == 0) puts("ESCAPED: a lease on a program of the host");
  puts("held");
}
