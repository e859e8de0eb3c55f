// tries: to use up the file watchers that the user of this machine may have
// expect: ok
// limits: cpu=2 wall=6
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/inotify.h>

int main(void) {
  int made = 0;
  while (made < 250 && inotify_init1(0) >= 0) made++;
  if (made <= 16) puts("held");
  else printf("ESCAPED: %d watchers\n", made);
}
