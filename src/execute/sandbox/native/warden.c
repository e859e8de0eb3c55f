/*
 * warden: the native isolation of Cupel on Linux. One source, built twice: as the program that makes the outer
 * sandbox, and as a library that a warm interpreter loads to fork its children into inner sandboxes.
 *
 *   Cupel (node) ── fd 3 ──▶ warden, which stays outside as the keeper: control groups, private folder, cleaning up
 *     └──▶ server (this code, or an interpreter + this code), in the outer sandbox: one job at a time
 *            └──▶ per job the inner sandbox, and a leaf of control groups where there is one
 *
 * Tier A (started as root): namespaces of every kind, a root of read-only binds, a uid per job that exists nowhere else.
 * Tier B (unprivileged): the same with the caller's uid only.
 * Tier B' (where user namespaces are refused): the machine's own files, processes and users, kept apart by Landlock,
 * no_new_privs, the system-call filter, a process group that cannot be left, and limits. Needs Linux 6.12.
 *
 * Nothing here is setuid, and no code that still has rights touches a path that a job controls, but to remove what a
 * job left behind (scratch.h).
 *
 * Does not cover: bugs of the kernel itself, timing side channels between jobs, and that jobs of one server share its
 * ASLR layout and hash seed.
 */
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE /* it refuses to jump to another stack (forker.h) */
#include <errno.h>
#include <fcntl.h>
#include <dirent.h>
#include <fnmatch.h>
#include <grp.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fsuid.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#define MAX_FRAME (256u << 20)
#define KEEP_SMALL 4096
/* Where an interpreter finds the channel to Cupel: beyond the numbers that it uses itself, and before those of setup.h. */
#define INTERPRETER_CHANNEL 100

enum { JOB_RUN = 1, JOB_SUITE = 2, JOB_JUDGE = 3, JOB_PROBE = 4, JOB_HOLD = 5, JOB_INPUT = 6 };
/* A server whose first job opens a session serves that session and its branches, and nothing else. */
enum { JOB_OPEN = 16, JOB_TURN = 17, JOB_INTERRUPT = 18, JOB_BRANCH = 19, JOB_FILES = 20, JOB_CLOSE = 21 };
enum { FLAG_WARM = 1, FLAG_NO_AS = 2, FLAG_COLLECT = 4, FLAG_BRANCHING = 8, FLAG_MEMORY = 16 };
/* What a child of the server is to do; the warm interpreter reads it. */
enum { ROLE_RUN = 1, ROLE_CANDIDATE = 2, ROLE_EXAMINER = 3, ROLE_SESSION = 4 };
/* Why the server ended a job. */
enum { BY_ITSELF = 0, BY_CPU = 1, BY_WALL = 2, BY_OUTPUT = 3, BY_MEMORY = 4, BY_REPORT = 5, EXAMINER_DIED = 6, NOT_STARTED = 7,
       BY_PROTOCOL = 8, NOT_COLLECTED = 9, MACHINE_OUT_OF_MEMORY = 10, BY_DISK = 11, BY_PROCESSES = 12 };

struct request { /* as on the wire, little endian, followed by `blobs` × (u32 length, bytes) */
  uint32_t type, flags, id;
  uint32_t cpu_ms, wall_ms, memory_mb, output_bytes, processes, disk_mb;
  uint32_t blobs;
};
struct blob { const char *data; uint32_t size; };
#define MAX_BLOBS 4096

struct job { /* what a forked interpreter needs to know */
  uint32_t role;
  uint32_t blobs;
  struct blob blob[MAX_BLOBS];
};

struct reply {
  uint32_t size, id, reason;
  int32_t exit_code, signal;
  uint64_t cpu_us, wall_us, peak_bytes;
  int64_t waited_us; /* for a processor, at the end by the wall clock; -1 where the kernel does not say */
  uint32_t over_memory;
  uint32_t blobs;
} __attribute__((packed));

#ifdef WARDEN_PROGRAM
static int server_fd = 3;
#else
static int server_fd = INTERPRETER_CHANNEL;
#endif
static int own_pidns = -1, own_mounts = -1;
static unsigned long runs;
static uint64_t mapped_before; /* address space of the server, which a job does not pay for */
static struct sock_filter *filter;
static unsigned short filter_length;
static struct job current;

#include "setup.h"
#include "bytes.h"
#include "filter.h"
#include "hold.h"
#ifdef WARDEN_PROGRAM
#include "owner.h"
#endif
#include "scratch.h"
#include "landlock.h"
#include "forker.h"
#include "meter.h"
#include "inside.h"
#include "collect.h"
#include "children.h"
#include "watch.h"
#include "bounds.h"
#include "probe.h"
#include "serve.h"
#include "branch.h"
#include "session.h"

/* Otherwise it is a part of what makes another interpreter warm (node-addon.c, preload.c), or Python's module. */
#if !defined(WARDEN_PROGRAM) && !defined(WARDEN_PART)
#include "room.h"
#include "python.h"
#elif defined(WARDEN_PROGRAM)
#include "cgroup.h"
#include "outer.h"
#include "confined.h"
#include "keeper.h"
#include "relay.h"

static void plan_system(void) {
  for (unsigned i = 0; i < sizeof system_links / sizeof *system_links; i++) {
    static char paths[8][16];
    struct stat s;
    snprintf(paths[i], sizeof paths[i], "/%s", system_links[i]);
    if (!lstat(paths[i], &s) && S_ISDIR(s.st_mode)) plan_bind(paths[i], paths[i]);
  }
  static const char *always[] = {"/usr", "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/perl",
                                 "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
  for (unsigned i = 0; i < sizeof always / sizeof *always; i++) plan_bind(always[i], always[i]);
}

static int tier_of(const char *name) { return !strcmp(name, "A") ? TIER_A : !strcmp(name, "B") ? TIER_B : TIER_CONFINED; }

/*
 * warden --tier T [--cgroup 1 MEMORY CPUACCT | --cgroup 2 FOLDER] --scratch FOLDER [--bind FROM TO]… [--proxy SOCKET] [--like-a-job] [--]
 *        [INTERPRETER ARGS…]
 */
int main(int argc, char **argv) {
  const char *proxy = NULL;
  int i = 1, like_a_job = 0;
  prctl(PR_SET_PDEATHSIG, SIGKILL); /* until the keeper has a gentler one */
  plan_system();
  for (; i < argc && !strncmp(argv[i], "--", 2) && argv[i][2]; i += 2) {
    if (!strcmp(argv[i], "--like-a-job")) { like_a_job = 1, i--; continue; }
    if (i + 1 >= argc) return 64;
    if (!strcmp(argv[i], "--tier")) setup.tier = tier_of(argv[i + 1]);
    else if (!strcmp(argv[i], "--scratch")) scratch_parent = argv[i + 1];
    else if (!strcmp(argv[i], "--bind") && i + 2 < argc) plan_bind(argv[i + 1], argv[i + 2]), i++;
    else if (!strcmp(argv[i], "--proxy")) proxy = argv[i + 1];
    else if (!strcmp(argv[i], "--cgroup")) {
      setup.cgroup = atoi(argv[i + 1]);
      for (int h = 0; h < hierarchies() && i + 2 < argc; h++, i++) leaf_parents[h] = argv[i + 2];
    } else return 64;
  }
  if (i < argc) i++;
  if (!scratch_parent) return 64;
  if (proxy && setup.tier == TIER_CONFINED) refuse("a network of its own for some hosts takes user namespaces");

  if (setup.tier == TIER_A) setup.first_uid = 1000, setup.uids = 60000;
  struct relay r = {-1};
  if (proxy) r = start_relay(proxy), setup.networked = 1;
  keep(setup.tier == TIER_CONFINED ? 0
                                   : CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP);
  if (setup.tier != TIER_CONFINED) become_root_inside();
  /* not before: dropping the uid clears it */
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (proxy) finish_relay(r);
  setsid();
  if (setup.tier == TIER_CONFINED) { if (chdir("/")) fail("chdir /"); }
  else make_root();
  struct rlimit stack = {lowest(RLIMIT_STACK, 256u << 20), lowest(RLIMIT_STACK, RLIM_INFINITY)};
  setrlimit(RLIMIT_STACK, &stack);
  syscall(__NR_close_range, 4u, SETUP_FD - 1u, 0);
  syscall(__NR_close_range, (unsigned)FIRST_FREE_FD, ~0u, 0);
  if (i >= argc) {
    struct job *job;
    return cupel_serve(&job);
  }
  /* The interpreter builds its standard streams once: on pipes, as its children will have. */
  int in[2], out[2];
  if (pipe(in) || pipe(out) || dup2(in[0], 0) < 0 || dup2(out[1], 1) < 0 || dup2(server_fd, INTERPRETER_CHANNEL) < 0) fail("pipes");
  syscall(__NR_close_range, 3u, INTERPRETER_CHANNEL - 1u, 0);
  char *env[] = {"PATH=/usr/local/bin:/usr/bin:/bin", placed("HOME=/tmp/work"), "LANG=C.UTF-8", "PYTHONHASHSEED=0", placed("TMPDIR=/tmp"), "TZ=UTC",
                 "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1", NULL};
  if (setup.tier != TIER_CONFINED) refuse_rings();
  if (like_a_job) become_like_a_job();
  for (int j = i; argv[j]; j++) argv[j] = seen_from_inside(argv[j]);
  execve(argv[i], argv + i, env);
  fail(argv[i]);
}
#endif
