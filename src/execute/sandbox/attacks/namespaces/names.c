// tries: to change the names of the machine
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
  if (sethostname("ESCAPED", 7) == 0) puts("ESCAPED: host name");
  if (setdomainname("ESCAPED", 7) == 0) puts("ESCAPED: domain name");
  puts("held");
}
