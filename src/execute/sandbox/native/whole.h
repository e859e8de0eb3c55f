/*
 * A warm interpreter that is more than one thread and its memory: with threads, an event loop, and a heap that it keeps
 * out of its children. It is forked whole: threads (threads.h), descriptors (descriptors.h), timers (timers.h) and all
 * memory.
 *
 * For the child no time has passed since then on the monotonic clock, so that what counts from the start of the
 * interpreter does so in each child. The hour of the day is the true one.
 *
 * An interpreter that has processes or memory outside itself cannot be had twice, and is refused. Not covered:
 * what it took from the hour of the day or from its own process number when it started.
 */
#include "threads.h"
#include "descriptors.h"
#include "timers.h"

static struct timespec stopped_at;
static struct sigaction on_broken_pipe;

static int has_children(void) {
  siginfo_t info;
  return !waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT);
}

/*
 * V8 asks the kernel to leave its heap out of children; ours live in it. Memory that is shared with a file or with other
 * processes would be shared among the children.
 */
static int take_all_memory(void) {
  FILE *in = fopen("/proc/self/smaps", "r");
  char line[KEEP_SMALL], mode[8];
  unsigned long from = 0, to = 0, x, y;
  int result = in ? 0 : -1;
  while (!result && fgets(line, sizeof line, in)) {
    if (sscanf(line, "%lx-%lx %4s", &x, &y, mode) == 3) {
      from = x, to = y;
      if (mode[1] == 'w' && mode[3] == 's') result = -1, errno = EBUSY;
    } else if (!strncmp(line, "VmFlags:", 8) && strstr(line, " dc")) result = madvise((void *)from, to - from, MADV_DOFORK);
  }
  if (in) fclose(in);
  return result;
}

/* In a child, while it is one thread and may still do so: a time namespace in which it is the moment of the stop. */
static void set_clock_back(void) {
  const int new_time = 0x80; /* CLONE_NEWTIME */
  struct timespec now;
  char text[96];
  clock_gettime(CLOCK_MONOTONIC, &now);
  int64_t ahead = (now.tv_sec - stopped_at.tv_sec) * 1000000000ll + now.tv_nsec - stopped_at.tv_nsec;
  int64_t seconds = -ahead / 1000000000, rest = -ahead % 1000000000;
  if (rest < 0) seconds--, rest += 1000000000;
  int length = snprintf(text, sizeof text, "monotonic %lld %lld\n", (long long)seconds, (long long)rest);
  if (unshare(new_time)) fail("unshare time");
  int offsets = open("/proc/self/timens_offsets", O_WRONLY | O_CLOEXEC);
  if (offsets < 0 || write(offsets, text, length) != length || close(offsets)) fail("set the clock back");
  int space = open("/proc/self/ns/time_for_children", O_RDONLY | O_CLOEXEC);
  if (space < 0 || setns(space, new_time) || close(space)) fail("enter the time namespace");
}

static pid_t fork_whole(void) {
  pid_t pid = fork_with_memory_of_threads();
  if (!pid) set_clock_back();
  return pid;
}

/*
 * Like cupel_serve, but the child has to say that it is inside, when its interpreter is ready. Where this process cannot
 * be forked whole, it ends: it may have lost its threads already.
 */
static int serve_whole(struct job **job) {
  sigaction(SIGPIPE, NULL, &on_broken_pipe);
  if (has_children()) errno = EBUSY, fail("the interpreter has processes");
  if (stop_threads()) fail("stop the threads of the interpreter");
  if (note_descriptors()) fail("note the descriptors of the interpreter");
  if (note_timers()) fail("note the timers of the interpreter");
  if (take_all_memory()) fail("take the memory of the interpreter");
  clock_gettime(CLOCK_MONOTONIC, &stopped_at);
  if (fork_job == fork_plain) fork_job = fork_whole;
  begins_later = 1;
  int role = cupel_serve(job);
  sigaction(SIGPIPE, &on_broken_pipe, NULL);
  make_descriptors();
  set_timers();
  start_threads();
  return role;
}
