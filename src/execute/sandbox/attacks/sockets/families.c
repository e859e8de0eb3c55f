// tries: to open a socket of every family and kind
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/socket.h>

int main(void) {
  for (int family = 0; family < 64; family++)
    for (int kind = 1; kind <= 10; kind++)
      for (int protocol = 0; protocol < 3; protocol++)
        if (family != AF_UNIX && socket(family, kind, protocol) >= 0) printf("ESCAPED: family %d kind %d\n", family, kind);
  puts("held");
}
