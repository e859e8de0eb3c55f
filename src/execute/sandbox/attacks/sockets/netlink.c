// tries: to read and to change the network by netlink and by ioctl
// expect: ok
#define _GNU_SOURCE
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int main(void) {
  for (int protocol = 0; protocol < 23; protocol++)
    for (int kind = 2; kind < 4; kind++)
      if (socket(AF_NETLINK, kind, protocol) >= 0) printf("ESCAPED: netlink %d\n", protocol);
  struct ifreq request = {0};
  strcpy(request.ifr_name, "lo");
  int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
  request.ifr_flags = IFF_UP;
  if (ioctl(fd, SIOCSIFFLAGS, &request) == 0) puts("ESCAPED: loopback is up");
  strcpy(request.ifr_name, "br0");
  if (ioctl(fd, 0x89a0 /* SIOCBRADDBR */, "br0") == 0) puts("ESCAPED: a bridge");
  puts("held");
}
