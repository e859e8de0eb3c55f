/*
 * warden: the native isolation of Cupel on Linux. One source, built twice: as the program that makes the outer
 * sandbox, and as a library that a warm interpreter loads to fork its children into inner sandboxes.
 *
 *   Cupel (node) ── fd 3 ──▶ warden ──▶ outer sandbox: user, pid, mount, net, ipc, uts and cgroup namespaces,
 *                                       a root of read-only binds, no network, clean environment
 *                              └──▶ server (this code, or python + this code): one job at a time
 *                                     └──▶ per job: own pid and mount namespace, own tmpfs and /proc, own uid where a
 *                                          range is mapped, rlimits, no capabilities, no_new_privs, seccomp allow-list
 *
 * Tier A (started as root) maps a range of uids that exist nowhere else on the machine; tier B (unprivileged)
 * maps only the caller. Nothing here is setuid and no privileged code touches a path that a job controls.
 *
 * Does not cover: bugs of the kernel itself, timing side channels between jobs, memory metering by cgroup (limits are
 * RLIMIT_AS and a watchdog on resident memory), and jobs of one server share its ASLR layout and hash seed.
 */
#define _GNU_SOURCE
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
#include <linux/seccomp.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
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
#define FIRST_UID 1000
#define UIDS 60000
/* Where an interpreter finds the channel to Cupel: beyond the numbers that it uses itself. */
#define INTERPRETER_CHANNEL 100

enum { JOB_RUN = 1, JOB_SUITE = 2, JOB_JUDGE = 3, JOB_PROBE = 4, JOB_HOLD = 5, JOB_INPUT = 6 };
/* A server whose first job opens a session serves that session and its branches, and nothing else. */
enum { JOB_OPEN = 16, JOB_TURN = 17, JOB_INTERRUPT = 18, JOB_BRANCH = 19, JOB_FILES = 20, JOB_CLOSE = 21 };
enum { FLAG_WARM = 1, FLAG_NO_AS = 2, FLAG_COLLECT = 4 };
/* What a child of the server is to do; the warm interpreter reads it. */
enum { ROLE_RUN = 1, ROLE_CANDIDATE = 2, ROLE_EXAMINER = 3, ROLE_SESSION = 4 };
/* Why the server ended a job. */
enum { BY_ITSELF = 0, BY_CPU = 1, BY_WALL = 2, BY_OUTPUT = 3, BY_MEMORY = 4, BY_REPORT = 5, EXAMINER_DIED = 6, NOT_STARTED = 7, BY_PROTOCOL = 8, NOT_COLLECTED = 9 };

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
  uint32_t blobs;
} __attribute__((packed));

#ifdef WARDEN_PROGRAM
static int server_fd = 3;
#else
static int server_fd = INTERPRETER_CHANNEL;
#endif
static int own_pidns = -1, own_mounts = -1, has_uid_range, networked;
static unsigned long runs;
static uint64_t mapped_before; /* address space of the server, which a job does not pay for */
static struct sock_filter *filter;
static unsigned short filter_length;
static struct job current;

#include "bytes.h"
#include "filter.h"
#include "hold.h"
#include "inside.h"
#include "collect.h"
#include "children.h"
#include "serve.h"
#include "branch.h"
#include "session.h"

/* Otherwise it is a part of what makes another interpreter warm (node-addon.c, preload.c), or Python's module. */
#if !defined(WARDEN_PROGRAM) && !defined(WARDEN_PART)
#include "room.h"
#include "python.h"
#elif defined(WARDEN_PROGRAM)
#include "outer.h"
#include "relay.h"

/* warden [--bind FROM TO]… [--proxy SOCKET] [--like-a-job] [--] [INTERPRETER ARGS…] */
int main(int argc, char **argv) {
  int uid_range = geteuid() == 0;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (unsigned i = 0; i < sizeof system_links / sizeof *system_links; i++) {
    static char paths[8][16];
    struct stat s;
    snprintf(paths[i], sizeof paths[i], "/%s", system_links[i]);
    if (!lstat(paths[i], &s) && S_ISDIR(s.st_mode)) plan_bind(paths[i], paths[i]);
  }
  static const char *always[] = {"/usr", "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/perl",
                                 "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
  for (unsigned i = 0; i < sizeof always / sizeof *always; i++) plan_bind(always[i], always[i]);
  int i = 1;
  for (; i + 2 < argc && !strcmp(argv[i], "--bind"); i += 3) plan_bind(argv[i + 1], argv[i + 2]);
  struct relay r = {-1};
  if (i + 1 < argc && !strcmp(argv[i], "--proxy")) r = start_relay(argv[i + 1]), networked = 1, i += 2;
  int like_a_job = i < argc && !strcmp(argv[i], "--like-a-job");
  if (like_a_job) i++;
  if (i < argc && !strcmp(argv[i], "--")) i++;

  enter_user_namespace(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP);
  /* dropping the uid clears it, and it is what ends us with node */
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (networked) finish_relay(r);
  pid_t inner = fork();
  if (inner < 0) fail("fork");
  if (inner) {
    int status = 0;
    close(server_fd);
    while (waitpid(inner, &status, 0) < 0 && errno == EINTR) {}
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setsid();
  make_root();
  struct rlimit stack = {256u << 20, RLIM_INFINITY};
  setrlimit(RLIMIT_STACK, &stack);
  syscall(__NR_close_range, 4u, ~0u, 0);
  if (i >= argc) {
    struct job *job;
    return cupel_serve(uid_range, &job);
  }
  /* The interpreter builds its standard streams once: on pipes, as its children will have. */
  int in[2], out[2];
  if (pipe(in) || pipe(out) || dup2(in[0], 0) < 0 || dup2(out[1], 1) < 0 || dup2(server_fd, INTERPRETER_CHANNEL) < 0) fail("pipes");
  syscall(__NR_close_range, 3u, INTERPRETER_CHANNEL - 1u, 0);
  char serving[] = "CUPEL_SERVING=0"; /* what its server is to know: see cupel_serve */
  serving[sizeof serving - 2] += uid_range | networked << 1;
  char *env[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp/work", "LANG=C.UTF-8", "PYTHONHASHSEED=0", "TMPDIR=/tmp", "TZ=UTC",
                 "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1", serving, NULL};
  refuse_rings();
  if (like_a_job) become_like_a_job(uid_range);
  execve(argv[i], argv + i, env);
  fail(argv[i]);
}
#endif
