/*
 * A warm interpreter that is more than one thread and its memory: node, with threads, an event loop and a heap that it
 * keeps out of its children. It is forked whole: threads (threads.h), descriptors (descriptors.h) and all memory.
 *
 * For the child no time has passed since then on the monotonic clock, so that what counts from the start of the
 * interpreter does so in each child. The hour of the day is the true one.
 */
#include "threads.h"
#include "descriptors.h"
#include "pages.h"

static struct sigaction dispositions[_NSIG];
static struct timespec stopped_at;
static int stops_clock;

/* V8 asks the kernel to leave its heap out of children; ours live in it. */
static int keep_all_memory(void) {
  FILE *in = fopen("/proc/self/smaps", "r");
  char line[KEEP_SMALL];
  unsigned long from = 0, to = 0, x, y;
  int result = in ? 0 : -1;
  while (!result && fgets(line, sizeof line, in)) {
    if (sscanf(line, "%lx-%lx ", &x, &y) == 2) from = x, to = y;
    else if (!strncmp(line, "VmFlags:", 8) && strstr(line, " dc")) result = madvise((void *)from, to - from, MADV_DOFORK);
  }
  if (in) fclose(in);
  return result;
}

/* In a child, while it is one thread and may still do so: a time namespace in which it is the moment of the stop. */
static void set_clock_back(void) {
  struct timespec now;
  char text[96];
  clock_gettime(CLOCK_MONOTONIC, &now);
  int64_t ahead = (now.tv_sec - stopped_at.tv_sec) * 1000000000ll + now.tv_nsec - stopped_at.tv_nsec;
  int64_t seconds = -ahead / 1000000000, rest = -ahead % 1000000000;
  if (rest < 0) seconds--, rest += 1000000000;
  int length = snprintf(text, sizeof text, "monotonic %lld %lld\n", (long long)seconds, (long long)rest);
  if (unshare(0x80 /* CLONE_NEWTIME */)) fail("unshare time");
  int offsets = open("/proc/self/timens_offsets", O_WRONLY | O_CLOEXEC);
  if (offsets < 0 || write(offsets, text, length) != length || close(offsets)) fail("set the clock back");
  int space = open("/proc/self/ns/time_for_children", O_RDONLY | O_CLOEXEC);
  if (space < 0 || setns(space, 0x80) || close(space)) fail("enter the time namespace");
}

static pid_t fork_whole(void) {
  take_what_was_learnt();
  pid_t pid = fork_with_memory_of_threads();
  if (pid) return pid;
  if (stops_clock) set_clock_back();
  touch_pages();
  return 0;
}

/* -1: this process cannot be forked whole; it may have lost its threads and is of no more use. */
static int serve_whole(int uid_range, int stop_clock, struct job **job) {
  for (int i = 1; i < _NSIG; i++) sigaction(i, NULL, &dispositions[i]);
  if (stop_threads() || note_descriptors() || keep_all_memory() || learn_from_next()) return -1;
  stops_clock = stop_clock;
  clock_gettime(CLOCK_MONOTONIC, &stopped_at);
  fork_job = fork_whole;
  int role = cupel_serve(uid_range, job);
  sigaction(SIGPIPE, &dispositions[SIGPIPE], NULL);
  make_descriptors();
  start_threads();
  return role;
}
