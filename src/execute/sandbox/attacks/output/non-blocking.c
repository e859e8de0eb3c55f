// tries: to confuse whoever reads by making the pipe non-blocking, asynchronous, and tiny
// expect: output-limit
// limits: cpu=2 wall=6 output=65536
#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>

int main(void) {
  fcntl(1, F_SETFL, O_NONBLOCK | O_ASYNC | O_DIRECT);
  fcntl(1, F_SETOWN, 1);
  fcntl(1, F_SETPIPE_SZ, 4096);
  for (;;) write(1, "packet packet packet\n", 21);
}
