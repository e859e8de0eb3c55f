// tries: to measure other processes with performance counters
// expect: ok
#define _GNU_SOURCE
#include <linux/perf_event.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  for (int type = 0; type < 6; type++) {
    struct perf_event_attr attributes = {.type = type, .size = sizeof attributes, .exclude_kernel = 1, .exclude_hv = 1};
    if (syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0) >= 0) puts("ESCAPED: perf_event_open of itself");
    if (syscall(SYS_perf_event_open, &attributes, -1, 0, -1, 0) >= 0) puts("ESCAPED: perf_event_open of everybody");
  }
  puts("held");
}
