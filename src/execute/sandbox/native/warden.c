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
#include <grp.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
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
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_FRAME (256u << 20)
#define KEEP_SMALL 4096
#define FIRST_UID 1000
#define UIDS 60000

enum { JOB_RUN = 1, JOB_SUITE = 2, JOB_JUDGE = 3, JOB_PROBE = 4 };
enum { FLAG_WARM = 1, FLAG_NO_AS = 2, FLAG_COLLECT = 4 };
/* What a child of the server is to do; the warm interpreter reads it. */
enum { ROLE_RUN = 1, ROLE_CANDIDATE = 2, ROLE_EXAMINER = 3 };
/* Why the server ended a job. */
enum { BY_ITSELF = 0, BY_CPU = 1, BY_WALL = 2, BY_OUTPUT = 3, BY_MEMORY = 4, BY_REPORT = 5, EXAMINER_DIED = 6, NOT_STARTED = 7 };

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
  uint32_t blobs;
} __attribute__((packed));

static int server_fd = 3, own_pidns = -1, has_uid_range;
static unsigned long runs;
static uint64_t mapped_before; /* address space of the server, which a job does not pay for */
static struct sock_filter *filter;
static unsigned short filter_length;
static struct job current;

/* ── small things ─────────────────────────────────────────────────────── */

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void fail(const char *what) {
  fprintf(stderr, "warden: %s: %s\n", what, strerror(errno));
  _exit(71);
}

static int read_full(int fd, void *to, size_t size) {
  for (size_t have = 0; have < size;) {
    ssize_t n = read(fd, (char *)to + have, size - have);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return -1;
    have += n;
  }
  return 0;
}

static int write_full(int fd, const void *from, size_t size) {
  for (size_t done = 0; done < size;) {
    ssize_t n = write(fd, (const char *)from + done, size - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return -1;
    done += n;
  }
  return 0;
}

struct buffer { char *data; size_t size, room; };

static void append(struct buffer *b, const void *data, size_t size) {
  if (b->size + size > b->room) {
    b->room = (b->size + size) * 2 + 1024;
    b->data = realloc(b->data, b->room);
    if (!b->data) fail("out of memory");
  }
  memcpy(b->data + b->size, data, size);
  b->size += size;
}

static void release(struct buffer *b) { /* keep small buffers, give big ones back */
  b->size = 0;
  if (b->room > 1 << 20) { free(b->data); b->data = NULL; b->room = 0; }
}

/* ── seccomp: an allow-list as a search tree, because the kernel's cost of installing grows with path length ── */

enum { DENY, ALLOW, CHECK_CLONE, CHECK_SOCKET, CHECK_IOCTL, CHECK_PERSONALITY, NOSYS, CHECKS };

struct rule { int nr, action; };

/* younger than some C libraries; the numbers are the same on every architecture */
#ifndef __NR_pidfd_send_signal
#define __NR_pidfd_send_signal 424
#endif
#ifndef __NR_pidfd_open
#define __NR_pidfd_open 434
#endif
#ifndef __NR_close_range
#define __NR_close_range 436
#endif
#ifndef __NR_openat2
#define __NR_openat2 437
#endif
#ifndef __NR_faccessat2
#define __NR_faccessat2 439
#endif
#ifndef __NR_epoll_pwait2
#define __NR_epoll_pwait2 441
#endif
#ifndef __NR_futex_waitv
#define __NR_futex_waitv 449
#endif
#ifndef __NR_fchmodat2
#define __NR_fchmodat2 452
#endif

static const struct rule rules[] = {
#define A(name) {__NR_##name, ALLOW},
#include "syscalls.h"
#undef A
    {__NR_clone, CHECK_CLONE},
    {__NR_clone3, NOSYS}, /* its flags are behind a pointer: libc falls back to clone */
    {__NR_socket, CHECK_SOCKET},
    {__NR_socketpair, CHECK_SOCKET},
    {__NR_ioctl, CHECK_IOCTL},
    {__NR_personality, CHECK_PERSONALITY},
};

static int by_number(const void *a, const void *b) { return ((const struct rule *)a)->nr - ((const struct rule *)b)->nr; }

static struct { int from, action; } interval[600];
static int intervals;

static void emit(struct sock_filter *out, unsigned short code, unsigned char jt, unsigned char jf, uint32_t k) {
  *out = (struct sock_filter){code, jt, jf, k};
}

/* Writes the tree for interval[lo..hi); leaves are placeholders that later jump to the block of their action. */
static int emit_tree(struct sock_filter *out, int lo, int hi) {
  if (hi - lo == 1) {
    emit(out, 0xffff, 0, 0, interval[lo].action);
    return 1;
  }
  int mid = (lo + hi) / 2;
  int left = emit_tree(out + 1, lo, mid);
  int right = emit_tree(out + 1 + left, mid, hi);
  if (left > 255) { errno = E2BIG; fail("seccomp tree"); }
  emit(out, BPF_JMP | BPF_JGE | BPF_K, left, 0, interval[mid].from);
  return 1 + left + right;
}

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#error "the native isolation knows x86-64 and arm64"
#endif

static void build_filter(void) {
  static struct rule sorted[sizeof rules / sizeof rules[0]];
  int n = sizeof rules / sizeof rules[0];
  memcpy(sorted, rules, sizeof rules);
  qsort(sorted, n, sizeof sorted[0], by_number);
  int next = 0;
  interval[intervals].from = 0, interval[intervals++].action = DENY;
  for (int i = 0; i < n; i++) {
    if (sorted[i].nr < next) continue; /* named twice */
    if (sorted[i].nr > next && interval[intervals - 1].action != DENY)
      interval[intervals].from = next, interval[intervals++].action = DENY;
    if (interval[intervals - 1].from == sorted[i].nr) interval[intervals - 1].action = sorted[i].action;
    else if (interval[intervals - 1].action != sorted[i].action || sorted[i].action > ALLOW)
      interval[intervals].from = sorted[i].nr, interval[intervals++].action = sorted[i].action;
    next = sorted[i].nr + 1;
  }
  interval[intervals].from = next, interval[intervals++].action = DENY;

  struct sock_filter *f = calloc(2048, sizeof *f), *p = f;
  const uint32_t deny = SECCOMP_RET_ERRNO | EPERM, nosys = SECCOMP_RET_ERRNO | ENOSYS;
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, arch));
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, NATIVE_ARCH);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS);
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr));
  struct sock_filter *tree = p;
  p += emit_tree(p, 0, intervals);
  struct sock_filter *block[CHECKS];
  const uint32_t arg0 = offsetof(struct seccomp_data, args[0]), arg1 = offsetof(struct seccomp_data, args[1]);

  block[CHECK_CLONE] = p; /* no new namespaces */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg0);
  emit(p++, BPF_JMP | BPF_JSET | BPF_K, 0, 1, CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET);
  emit(p++, BPF_RET | BPF_K, 0, 0, deny);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  block[CHECK_SOCKET] = p; /* only AF_UNIX, only stream, datagram and seqpacket by construction of that family */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg0);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, AF_UNIX);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EAFNOSUPPORT);
  block[CHECK_IOCTL] = p; /* nothing that types into a terminal */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg1);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, TIOCSTI);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, TIOCLINUX);
  emit(p++, BPF_RET | BPF_K, 0, 0, deny);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  block[CHECK_PERSONALITY] = p; /* asking is fine, and so is the default; turning ASLR off is not */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg0);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0xffffffff);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  emit(p++, BPF_RET | BPF_K, 0, 0, deny);

  for (struct sock_filter *leaf = tree; leaf < block[CHECK_CLONE]; leaf++) {
    if (leaf->code != 0xffff) continue;
    int action = leaf->k;
    if (action == DENY) emit(leaf, BPF_RET | BPF_K, 0, 0, deny);
    else if (action == ALLOW) emit(leaf, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
    else if (action == NOSYS) emit(leaf, BPF_RET | BPF_K, 0, 0, nosys);
    else emit(leaf, BPF_JMP | BPF_JA, 0, 0, block[action] - leaf - 1);
  }
  filter = f;
  filter_length = p - f;
}

/* Shared with the child only until it is inside: tells a failed set-up from a program that fails. */
static volatile int *inside;

/* ── the inner sandbox: what a child does to itself before any code of the job runs ── */

static void limit(int which, uint64_t soft, uint64_t hard) {
  struct rlimit r = {soft, hard};
  if (setrlimit(which, &r)) fail("setrlimit");
}

static uint64_t address_space(void) { /* bytes this process has mapped before the job starts */
  char line[128];
  int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t n = read(fd, line, sizeof line - 1);
  close(fd);
  if (n <= 0) return 0;
  line[n] = 0;
  return strtoull(line, NULL, 10) * sysconf(_SC_PAGESIZE);
}

static void drop_capabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2] = {{0}};
  if (syscall(SYS_capset, &header, none)) fail("capset");
}

/* stdin, stdout, stderr and (where used) the channel become 0, 1, 2, 3; everything else is closed. */
static void take_fds(int in, int out, int err, int channel) {
  int from[4] = {in, out, err, channel};
  for (int i = 0; i < 4; i++)
    if (from[i] >= 0 && from[i] < 4) from[i] = fcntl(from[i], F_DUPFD, 10);
  for (int i = 0; i < 4; i++)
    if (from[i] >= 0 && dup2(from[i], i) < 0) fail("dup2");
  int first = channel >= 0 ? 4 : 3;
  if (syscall(__NR_close_range, first, ~0u, 0)) fail("close_range");
}

static void enter(const struct request *q, int in, int out, int err, int channel) {
  /* A job may kill(0): the process group must be its own. */
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  uid_t uid = has_uid_range ? FIRST_UID + runs % UIDS : 0;
  if (unshare(CLONE_NEWNS)) fail("unshare mount");
  char options[128];
  snprintf(options, sizeof options, "size=%um,nr_inodes=%u,mode=0700,uid=%u,gid=%u", q->disk_mb, q->disk_mb * 64 + 256, uid, uid);
  if (mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, options)) fail("mount /tmp");
  if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "subset=pid") &&
      mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL))
    fail("mount /proc");
  take_fds(in, out, err, channel);

  uint64_t cpu = q->cpu_ms / 1000 + 2, mb = 1 << 20;
  limit(RLIMIT_CPU, cpu, cpu + 1);
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_FSIZE, q->disk_mb * mb, q->disk_mb * mb);
  limit(RLIMIT_NOFILE, 256, 256);
  limit(RLIMIT_MSGQUEUE, 0, 0);
  limit(RLIMIT_MEMLOCK, 1 << 16, 1 << 16);
  limit(RLIMIT_NPROC, q->processes, q->processes);
  if (!(q->flags & FLAG_NO_AS)) limit(RLIMIT_AS, q->memory_mb * mb + mapped_before, q->memory_mb * mb + mapped_before);

  if (has_uid_range) {
    if (setgroups(0, NULL) || setresgid(uid, uid, uid) || setresuid(uid, uid, uid)) fail("setuid");
  }
  drop_capabilities();
  prctl(PR_SET_DUMPABLE, 1);
  if (mkdir("/tmp/work", 0700) || chdir("/tmp/work")) fail("chdir");
  umask(022);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) fail("no_new_privs");
  struct sock_fprog program = {filter_length, filter};
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) fail("seccomp");
  *inside = 1;
  munmap((void *)inside, sizeof *inside);
}

/* From here on the child is unprivileged: it may touch paths. */

static void make_parents(char *path) {
  for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    if (mkdir(path, 0755) && errno != EEXIST) fail(path);
    *slash = '/';
  }
}

static void write_files(struct job *j, uint32_t first) {
  for (uint32_t i = first; i + 1 < j->blobs; i += 2) {
    char path[KEEP_SMALL];
    if (j->blob[i].size >= sizeof path) { errno = ENAMETOOLONG; fail("file name"); }
    memcpy(path, j->blob[i].data, j->blob[i].size);
    path[j->blob[i].size] = 0;
    make_parents(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0755);
    if (fd < 0 || write_full(fd, j->blob[i + 1].data, j->blob[i + 1].size) || close(fd)) fail(path);
  }
}

static char **split(const struct blob *b) { /* NUL-separated strings → a vector */
  size_t n = 0;
  for (uint32_t i = 0; i < b->size; i++) n += !b->data[i];
  char **v = calloc(n + 1, sizeof *v), *p = (char *)b->data;
  for (size_t i = 0; i < n; i++, p += strlen(p) + 1) v[i] = p;
  return v;
}

/* blobs of a run: 0 argv, 1 environment, 2 stdin, 3 names to collect, then (path, content) pairs */
static void exec_job(struct job *j) {
  write_files(j, 4);
  char **argv = split(&j->blob[0]), **env = split(&j->blob[1]);
  execvpe(argv[0], argv, env);
  fprintf(stderr, "cannot start %s: %s\n", argv[0], strerror(errno));
  _exit(errno == ENOENT ? 127 : 126);
}

/* Runs the job in a child, then sends status and the named files on the channel (fd 3). For compilers. */
static void collect_job(struct job *j) {
  pid_t pid = fork();
  if (pid < 0) fail("fork");
  if (!pid) {
    close(3);
    exec_job(j);
  }
  int32_t status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
  write_full(3, &status, 4);
  for (char **name = split(&j->blob[3]); *name; name++) {
    int fd = open(*name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat s;
    int32_t size = -1;
    if (fd >= 0 && !fstat(fd, &s) && S_ISREG(s.st_mode) && s.st_size < (64 << 20)) size = s.st_size;
    write_full(3, &size, 4);
    char part[65536];
    for (int32_t left = size; left > 0;) {
      ssize_t n = read(fd, part, left < (int32_t)sizeof part ? left : (int32_t)sizeof part);
      if (n <= 0) _exit(1);
      write_full(3, part, n);
      left -= n;
    }
    if (fd >= 0) close(fd);
  }
  _exit(0);
}

static int says(const char *name, int ok) {
  printf("%s=%s\n", name, ok ? "yes" : "no");
  return ok;
}

/* The probe: not what was asked of the kernel, but what a job can really do from where it stands. */
static void probe_job(void) {
  char line[256], status[8192] = "";
  int fd = open("/proc/self/status", O_RDONLY);
  if (fd >= 0) { ssize_t n = read(fd, status, sizeof status - 1); if (n > 0) status[n] = 0; close(fd); }
  int processes = 0;
  DIR *d = opendir("/proc");
  for (struct dirent *e; d && (e = readdir(d));) processes += e->d_name[0] >= '1' && e->d_name[0] <= '9';
  says("pid-ns", getpid() < 10 && processes <= 3);
  says("mount-ns", access("/home", F_OK) && access("/root", F_OK) && access("/var", F_OK) && access("/etc/shadow", F_OK));
  says("read-only-root", mkdir("/x", 0755) && (errno == EROFS || errno == EACCES) && open("/usr/x", O_WRONLY | O_CREAT, 0644) < 0);
  errno = 0;
  says("seccomp", strstr(status, "Seccomp:\t2") && unshare(CLONE_NEWUSER) && errno == EPERM && socket(AF_INET, SOCK_STREAM, 0) < 0);
  says("no-new-privs", strstr(status, "NoNewPrivs:\t1") != NULL);
  says("no-capabilities", strstr(status, "CapEff:\t0000000000000000") && strstr(status, "CapBnd:\t0000000000000000"));
  int interfaces = 0;
  if ((fd = open("/proc/net/dev", O_RDONLY)) >= 0) {
    FILE *f = fdopen(fd, "r");
    while (fgets(line, sizeof line, f)) interfaces += strchr(line, ':') && !strstr(line, "lo:");
  }
  says("net-ns", interfaces == 0);
  struct rlimit r;
  says("rlimits", !getrlimit(RLIMIT_NPROC, &r) && r.rlim_cur < 10000 && !getrlimit(RLIMIT_AS, &r) && r.rlim_cur != RLIM_INFINITY);
  says("own-uid", has_uid_range && getuid() >= FIRST_UID);
  int big = open("/tmp/work/full", O_WRONLY | O_CREAT, 0600), wrote = 1;
  static char megabyte[1 << 20];
  signal(SIGXFSZ, SIG_IGN);
  for (int i = 0; i < 64 && wrote; i++) wrote = write(big, megabyte, sizeof megabyte) == (ssize_t)sizeof megabyte;
  says("disk-limit", !wrote);
  fflush(stdout);
  _exit(0);
}

/* ── starting a child in its own pid namespace ── */

/*
 * The first process of a pid namespace is special (signals it does not handle are lost on it), so a job must not be
 * it. This one shares our memory, costs no copy, does nothing but take in orphans, and with it everything dies.
 */
static int namespace_init(void *unused) {
  (void)unused;
  sigset_t all;
  sigfillset(&all);
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  sigaction(SIGCHLD, &ignore, NULL);
  sigprocmask(SIG_SETMASK, &all, NULL);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  syscall(__NR_close_range, 0u, ~0u, 0); /* or a pipe would never end */
  for (;;) pause();
  return 0;
}

struct child {
  pid_t init, pid;
  int pidfd;
  char init_stack[8192] __attribute__((aligned(16)));
};

/* Returns 0 in the child, which is then inside its sandbox, and 1 in the server; -1 if it could not be started. */
static int start(struct child *c, const struct request *q, int in, int out, int err, int channel) {
  runs++;
  if (unshare(CLONE_NEWPID)) return -1;
  *inside = 0;
  c->init = clone(namespace_init, c->init_stack + sizeof c->init_stack, CLONE_VM | SIGCHLD, NULL);
  if (c->init < 0) { setns(own_pidns, CLONE_NEWPID); return -1; }
  c->pid = fork();
  if (!c->pid) {
    enter(q, in, out, err, channel);
    return 0;
  }
  if (setns(own_pidns, CLONE_NEWPID)) fail("setns");
  if (c->pid < 0) { kill(c->init, SIGKILL); waitpid(c->init, NULL, 0); c->init = 0; return -1; }
  c->pidfd = syscall(__NR_pidfd_open, c->pid, 0);
  if (c->pidfd < 0) fail("pidfd_open");
  return 1;
}

/* Ends everything in the child's pid namespace; afterwards nothing of it exists. */
static void finish(struct child *c, int *status, struct rusage *usage) {
  if (!c->init) return;
  kill(c->init, SIGKILL);
  while (wait4(c->pid, status, 0, usage) < 0 && errno == EINTR) {}
  while (waitpid(c->init, NULL, 0) < 0 && errno == EINTR) {}
  close(c->pidfd);
  c->init = c->pid = 0;
}

static uint64_t cpu_of(pid_t pid) { /* ns; any process may read another's clock */
  struct timespec t;
  clockid_t id = ((~(clockid_t)pid) << 3) | 2;
  if (clock_gettime(id, &t)) return 0;
  return (uint64_t)t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* ── the examiner: the trusted side of a judgement, kept for all candidates of one suite ── */

static struct child examiner;
static int examiner_fd = -1;
static struct buffer suite;      /* the frame it was made from, to make it again if it dies */

static void end_examiner(void) {
  int status;
  struct rusage usage;
  if (!examiner.init) return;
  finish(&examiner, &status, &usage);
  close(examiner_fd);
  examiner_fd = -1;
}

static int parse(struct buffer *frame, struct request *q, struct job *j) {
  if (frame->size < sizeof *q) return -1;
  memcpy(q, frame->data, sizeof *q);
  if (q->blobs > MAX_BLOBS) return -1;
  size_t at = sizeof *q;
  for (uint32_t i = 0; i < q->blobs; i++) {
    uint32_t size;
    if (frame->size - at < 4) return -1;
    memcpy(&size, frame->data + at, 4);
    at += 4;
    if (frame->size - at < size) return -1;
    j->blob[i] = (struct blob){frame->data + at, size};
    at += size;
  }
  j->blobs = q->blobs;
  return 0;
}

/* Like `start`: 0 in the examiner itself. */
static int start_examiner(void) {
  struct request q;
  if (parse(&suite, &q, &current)) return -1;
  int pair[2], null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair)) return -1;
  int size = 1 << 20;
  setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  setsockopt(pair[1], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  current.role = ROLE_EXAMINER;
  int side = start(&examiner, &q, null, null, null, pair[1]);
  if (!side) return 0;
  close(null);
  close(pair[1]);
  if (side < 0) { close(pair[0]); return -1; }
  examiner_fd = pair[0];
  return 1;
}

static int send_with_fd(int to, const void *data, size_t size, int fd) {
  struct iovec io = {(void *)data, size};
  union { char room[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control;
  struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  c->cmsg_level = SOL_SOCKET, c->cmsg_type = SCM_RIGHTS, c->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(c), &fd, sizeof fd);
  return sendmsg(to, &m, MSG_NOSIGNAL) == (ssize_t)size ? 0 : -1;
}

/* ── watching a job ── */

struct usage { uint64_t cpu_us, bytes; };

/* CPU and resident memory of everything here but the server and the examiner. Only for jobs that take a while. */
static struct usage watch(void) {
  struct usage total = {0, 0};
  DIR *d = opendir("/proc");
  if (!d) return total;
  static long page, tick;
  if (!page) page = sysconf(_SC_PAGESIZE), tick = sysconf(_SC_CLK_TCK);
  for (struct dirent *e; (e = readdir(d));) {
    int pid = atoi(e->d_name);
    if (pid <= 0 || pid == getpid() || pid == examiner.pid || pid == examiner.init) continue;
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) continue;
    ssize_t n = read(fd, line, sizeof line - 1);
    close(fd);
    if (n <= 0) continue;
    line[n] = 0;
    char *p = strrchr(line, ')');
    if (!p) continue;
    unsigned long utime, stime;
    long cutime, cstime, rss;
    if (sscanf(p + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld %*d %*d %*d %*d %*u %*u %ld", &utime, &stime, &cutime, &cstime, &rss) != 5) continue;
    total.cpu_us += (utime + stime + cutime + cstime) * (1000000 / tick);
    total.bytes += (uint64_t)rss * page;
  }
  closedir(d);
  return total;
}

static struct buffer out, err, report;

/* Reads what is there; returns 0 at the end of the stream. */
static int drain(int fd, struct buffer *to, size_t *budget, int *over) {
  char part[65536];
  for (;;) {
    ssize_t n = read(fd, part, sizeof part);
    if (n > 0) {
      size_t keep = (size_t)n < *budget ? (size_t)n : *budget;
      append(to, part, keep);
      *budget -= keep;
      if (keep < (size_t)n) { *over = 1; return 1; }
      if ((size_t)n < sizeof part) return 1;
      continue;
    }
    if (n < 0 && errno == EINTR) continue;
    return n < 0 && errno == EAGAIN;
  }
}

static void send_reply(const struct request *q, int reason, int status, const struct rusage *usage, uint64_t wall, struct buffer **blobs, uint32_t n) {
  static struct buffer frame;
  struct reply r = {.id = q->id, .reason = reason, .exit_code = -1, .blobs = n, .wall_us = wall};
  if (WIFEXITED(status)) r.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) r.signal = WTERMSIG(status);
  r.cpu_us = (uint64_t)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1000000 + usage->ru_utime.tv_usec + usage->ru_stime.tv_usec;
  r.peak_bytes = (uint64_t)usage->ru_maxrss * 1024;
  append(&frame, &r, sizeof r);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t size = blobs[i]->size;
    append(&frame, &size, 4);
    append(&frame, blobs[i]->data, size);
  }
  ((struct reply *)frame.data)->size = frame.size - 4;
  if (write_full(server_fd, frame.data, frame.size)) _exit(0);
  release(&frame);
}

static void make_pipe(int p[2], int end_kept) {
  if (pipe2(p, O_CLOEXEC)) fail("pipe");
  fcntl(p[end_kept], F_SETFL, O_NONBLOCK);
}

/* Runs one job to its end. Returns 1 when done, 0 in a child that is to be the job. */
static int serve_job(const struct request *q) {
  int judging = q->type == JOB_JUDGE, collecting = q->flags & FLAG_COLLECT;
  static struct rusage none;
  struct buffer *blobs[3] = {&out, &err, &report};
  release(&out), release(&err), release(&report);
  uint64_t began = now_us();

  if (judging && !examiner.init) {
    if (!suite.size) { send_reply(q, NOT_STARTED, 0, &none, 0, blobs, 3); return 1; }
    struct job candidate = current;
    int side = start_examiner();
    if (!side) return 0;
    current = candidate;
    if (side < 0) { send_reply(q, NOT_STARTED, 0, &none, 0, blobs, 3); return 1; }
  }

  int status = 0, reason = BY_ITSELF, respawn = 0, over = 0;
  struct rusage usage, total = none;
  size_t budget = q->output_bytes;
  uint64_t wall_end = began + q->wall_ms * 1000ull;
  int first = 1;

again:;
  int pin[2] = {-1, -1}, pout[2], perr[2], channel[2] = {-1, -1};
  const struct blob *in = q->type == JOB_RUN ? &current.blob[2] : NULL;
  uint32_t sent = 0;
  if (in && in->size) make_pipe(pin, 1);
  else pin[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
  make_pipe(pout, 0), make_pipe(perr, 0);
  if (judging || collecting) {
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel)) fail("socketpair");
  }
  static struct child c;
  current.role = judging ? ROLE_CANDIDATE : ROLE_RUN;
  int side = start(&c, q, pin[0], pout[1], perr[1], channel[1]);
  if (!side) {
    if (q->type == JOB_PROBE) probe_job();
    if (collecting) collect_job(&current);
    if (!(q->flags & FLAG_WARM)) exec_job(&current);
    if (!judging) write_files(&current, 4);
    return 0;
  }
  close(pin[0]), close(pout[1]), close(perr[1]);
  if (channel[1] >= 0) close(channel[1]);
  if (side < 0) {
    close(pout[0]), close(perr[0]);
    if (pin[1] >= 0) close(pin[1]);
    if (channel[0] >= 0) close(channel[0]);
    send_reply(q, NOT_STARTED, 0, &none, now_us() - began, blobs, 3);
    return 1;
  }
  if (judging) {
    if (send_with_fd(examiner_fd, first ? "J" : "R", 1, channel[0])) reason = EXAMINER_DIED;
    close(channel[0]);
    channel[0] = -1;
  } else if (collecting) fcntl(channel[0], F_SETFL, O_NONBLOCK);
  first = 0;

  uint64_t next_watch = now_us() + 20000;
  size_t report_budget = MAX_FRAME / 2;
  for (int done = reason != BY_ITSELF; !done;) {
    uint64_t now = now_us();
    if (now >= wall_end) { reason = BY_WALL; break; }
    if (now >= next_watch) {
      struct usage u = watch();
      uint64_t cpu = cpu_of(c.pid) / 1000;
      if (cpu > u.cpu_us) u.cpu_us = cpu;
      if (!judging && u.cpu_us > q->cpu_ms * 1000ull) { reason = BY_CPU; break; }
      if (judging && u.cpu_us + (uint64_t)total.ru_utime.tv_sec * 1000000 > q->cpu_ms * 1000ull) { reason = BY_CPU; break; }
      if (u.bytes > ((uint64_t)q->memory_mb + 64) << 20) { reason = BY_MEMORY; break; }
      next_watch = now + 30000;
    }
    uint64_t until = next_watch < wall_end ? next_watch : wall_end;
    struct timespec wait = {(until - now) / 1000000, (until - now) % 1000000 * 1000};
    struct pollfd p[6] = {{c.pidfd, POLLIN, 0}, {pout[0], POLLIN, 0}, {perr[0], POLLIN, 0}, {pin[1], POLLOUT, 0},
                          {judging ? examiner_fd : -1, POLLIN, 0}, {collecting ? channel[0] : -1, POLLIN, 0}};
    if (ppoll(p, 6, &wait, NULL) < 0 && errno != EINTR) fail("poll");
    if (p[1].revents && !drain(pout[0], &out, &budget, &over)) { close(pout[0]); pout[0] = -1; }
    if (p[2].revents && !drain(perr[0], &err, &budget, &over)) { close(perr[0]); perr[0] = -1; }
    if (p[5].revents && !drain(channel[0], &report, &report_budget, &over)) { close(channel[0]); channel[0] = -1; }
    if (over) { reason = BY_OUTPUT; break; }
    if (p[3].revents) {
      ssize_t n = write(pin[1], in->data + sent, in->size - sent);
      if (n > 0) sent += n;
      if (sent == in->size || (n < 0 && errno != EAGAIN && errno != EINTR)) { close(pin[1]); pin[1] = -1; }
    }
    if (p[4].revents) {
      static char message[1 << 20];
      ssize_t n = recv(examiner_fd, message, sizeof message, 0);
      if (n <= 0) { reason = EXAMINER_DIED; break; }
      if (message[0] == 'V') { append(&report, message + 1, n - 1); reason = BY_REPORT; break; }
      if (message[0] == 'P') { append(&report, message + 1, n - 1); continue; } /* part of a long report */
      if (message[0] == 'c') { /* the examiner is waiting: how much CPU has the candidate used? */
        uint64_t cpu = cpu_of(c.pid);
        if (send(examiner_fd, &cpu, sizeof cpu, MSG_NOSIGNAL) < 0) { reason = EXAMINER_DIED; break; }
        continue;
      }
      if (message[0] == 'r') { respawn = 1; break; } /* a fresh process of the same candidate, please */
    }
    /* A candidate's own end is the examiner's to report: it sees the channel close. */
    if (p[0].revents && !judging) done = 1;
    if (p[0].revents && judging) { /* stop polling the dead; give the examiner time to speak, within the wall limit */
      close(c.pidfd);
      c.pidfd = -1;
    }
  }
  if (c.pidfd < 0) c.pidfd = open("/dev/null", O_RDONLY | O_CLOEXEC);
  int killed = reason != BY_ITSELF || respawn;
  finish(&c, &status, &usage);
  timeradd(&total.ru_utime, &usage.ru_utime, &total.ru_utime);
  timeradd(&total.ru_stime, &usage.ru_stime, &total.ru_stime);
  if (usage.ru_maxrss > total.ru_maxrss) total.ru_maxrss = usage.ru_maxrss;
  if (pout[0] >= 0) { drain(pout[0], &out, &budget, &over); close(pout[0]); }
  if (perr[0] >= 0) { drain(perr[0], &err, &budget, &over); close(perr[0]); }
  if (collecting && channel[0] >= 0) { drain(channel[0], &report, &report_budget, &over); close(channel[0]); }
  if (pin[1] >= 0) close(pin[1]);
  if (over && !killed) reason = BY_OUTPUT;
  if (!*inside) reason = NOT_STARTED;
  if (respawn) { respawn = 0; goto again; }
  /* Whatever interrupted the examiner in the middle of a candidate: the next one gets a fresh examiner. */
  if (judging && reason != BY_REPORT) end_examiner();
  send_reply(q, reason, status, &total, now_us() - began, blobs, 3);
  return 1;
}

/*
 * The server: reads jobs from fd 3 until it closes. Returns only in children of a warm interpreter; the role and the
 * blobs are in *job then.
 */
int cupel_serve(int uid_range, struct job **job) {
  static struct buffer frame;
  has_uid_range = uid_range;
  signal(SIGPIPE, SIG_IGN);
  own_pidns = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
  if (own_pidns < 0) fail("open pid namespace");
  inside = mmap(NULL, sizeof *inside, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (inside == MAP_FAILED) fail("mmap");
  prctl(PR_SET_DUMPABLE, 0);
  build_filter();
  /* children get an empty bounding set from us: nothing here ever executes another program */
  for (int cap = 0; cap < 64; cap++)
    if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) && errno == EINVAL) break;
  mapped_before = address_space();
  *job = &current;
  for (;;) {
    uint32_t size;
    struct request q;
    if (read_full(server_fd, &size, 4)) _exit(0);
    if (size > MAX_FRAME) _exit(72);
    frame.size = 0;
    if (frame.room < size) {
      free(frame.data);
      frame.data = malloc(frame.room = size + 4096);
      if (!frame.data) fail("out of memory");
    }
    if (read_full(server_fd, frame.data, size)) _exit(0);
    frame.size = size;
    if (parse(&frame, &q, &current)) _exit(72);
    if (q.type == JOB_SUITE) {
      end_examiner();
      suite.size = 0;
      append(&suite, frame.data, frame.size);
      continue;
    }
    if (!serve_job(&q)) {
      signal(SIGPIPE, SIG_DFL);
      return current.role;
    }
    if (frame.room > 16 << 20) release(&frame);
  }
}

/* ── the outer sandbox ── */
#ifdef WARDEN_PROGRAM

static void write_text(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) fail(path);
  close(fd);
}

static void make_text(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) fail(path);
  close(fd);
}

struct bind { const char *from, *to; int fd, directory; };
static struct bind binds[64];
static int bind_count;

static void plan_bind(const char *from, const char *to) {
  if (bind_count < 64) binds[bind_count++] = (struct bind){from, to, -1, 0};
}

/*
 * Called in the new mount namespace while we still are who we were, so that folders only the caller can reach (an
 * interpreter below a home folder) can be bound.
 */
static void open_binds(void) {
  for (int i = 0; i < bind_count; i++) {
    struct stat s;
    binds[i].fd = open(binds[i].from, O_PATH | O_CLOEXEC);
    if (binds[i].fd >= 0 && !fstat(binds[i].fd, &s)) binds[i].directory = S_ISDIR(s.st_mode);
  }
}

/* Only a process with CAP_SETUID in the parent namespace may map a range: a helper that stays outside does it. */
static void enter_user_namespace(int flags) {
  uid_t uid = geteuid();
  gid_t gid = getegid();
  char text[64];
  if (uid) {
    if (unshare(CLONE_NEWUSER | flags)) fail("unshare user");
    write_text("/proc/self/setgroups", "deny");
    snprintf(text, sizeof text, "0 %u 1", uid);
    write_text("/proc/self/uid_map", text);
    snprintf(text, sizeof text, "0 %u 1", gid);
    write_text("/proc/self/gid_map", text);
  } else {
    int ready[2];
    pid_t self = getpid();
    if (pipe2(ready, O_CLOEXEC)) fail("pipe");
    pid_t helper = fork();
    if (helper < 0) fail("fork");
    if (!helper) {
      char byte, path[64];
      close(ready[1]);
      if (read(ready[0], &byte, 1) != 1) _exit(1);
      /* a range far above any real account, different for servers that run at the same time */
      snprintf(text, sizeof text, "0 %u 65536", 0x60000000u + (unsigned)(self % 4096) * 65536u);
      snprintf(path, sizeof path, "/proc/%d/uid_map", self);
      write_text(path, text);
      snprintf(path, sizeof path, "/proc/%d/gid_map", self);
      write_text(path, text);
      _exit(0);
    }
    if (unshare(CLONE_NEWUSER | flags)) fail("unshare user");
    int status;
    if (write(ready[1], "x", 1) != 1) fail("helper");
    close(ready[0]), close(ready[1]);
    if (waitpid(helper, &status, 0) < 0 || status) { errno = EPERM; fail("map uids"); }
    if (setgroups(0, NULL)) fail("setgroups");
  }
  open_binds();
  if (setresgid(0, 0, 0) || setresuid(0, 0, 0)) fail("setuid");
}

static void bind_read_only(const char *from, const char *to) {
  if (mount(from, to, NULL, MS_BIND | MS_REC, NULL)) fail(to);
  struct { uint64_t set, clear, propagation, userns; } attributes = {1 /* RDONLY */ | 2 /* NOSUID */, 0, 0, 0};
  if (!syscall(442 /* mount_setattr */, AT_FDCWD, to, 0x8000 /* AT_RECURSIVE */, &attributes, sizeof attributes)) return;
  struct statvfs s; /* before Linux 5.12: keep the flags that the namespace locked */
  unsigned long keep = 0;
  if (!statvfs(to, &s)) {
    if (s.f_flag & ST_NODEV) keep |= MS_NODEV;
    if (s.f_flag & ST_NOEXEC) keep |= MS_NOEXEC;
    if (s.f_flag & ST_NOATIME) keep |= MS_NOATIME;
    if (s.f_flag & ST_RELATIME) keep |= MS_RELATIME;
  }
  if (mount(NULL, to, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | keep, NULL)) fail(to);
}

static void make_path(const char *path) {
  char copy[KEEP_SMALL + 2];
  snprintf(copy, sizeof copy, "%.*s/", KEEP_SMALL, path);
  make_parents(copy);
}

static const char *system_links[] = {"bin", "sbin", "lib", "lib32", "lib64", "libx32"};

static void make_root(void) {
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)) fail("make mounts private");
  if (mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID, "size=4m,mode=0755")) fail("mount root");
  if (chdir("/tmp")) fail("chdir");
  mkdir("tmp", 0755), mkdir("proc", 0755), mkdir("dev", 0755), mkdir("etc", 0755);
  for (unsigned i = 0; i < sizeof system_links / sizeof *system_links; i++) {
    char path[64], target[256];
    snprintf(path, sizeof path, "/%s", system_links[i]);
    ssize_t n = readlink(path, target, sizeof target - 1);
    if (n > 0) { target[n] = 0; if (symlink(target, system_links[i])) fail(path); }
  }
  for (int i = 0; i < bind_count; i++) {
    char from[64], to[KEEP_SMALL];
    if (binds[i].fd < 0) continue;
    snprintf(from, sizeof from, "/proc/self/fd/%d", binds[i].fd);
    snprintf(to, sizeof to, "%s", binds[i].to + 1);
    if (binds[i].directory) make_path(to);
    else { make_parents(to); close(open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0644)); }
    bind_read_only(from, to);
    close(binds[i].fd);
  }
  make_text("etc/passwd", "root:x:0:0:root:/tmp/work:/bin/sh\nnobody:x:65534:65534:nobody:/tmp/work:/bin/sh\n");
  make_text("etc/group", "root:x:0:\nnogroup:x:65534:\n");
  make_text("etc/hosts", "127.0.0.1 localhost\n");
  make_text("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
  if (symlink("/proc/self/fd", "dev/fd") || symlink("/proc/self/fd/0", "dev/stdin") || symlink("/proc/self/fd/1", "dev/stdout") ||
      symlink("/proc/self/fd/2", "dev/stderr") || symlink("/tmp", "dev/shm"))
    fail("links in /dev");
  /* before the old root goes: a new proc may only be mounted where a full one is in sight */
  if (mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL)) fail("mount /proc");
  if (syscall(SYS_pivot_root, ".", ".")) fail("pivot_root");
  if (umount2(".", MNT_DETACH)) fail("umount the old root");
  if (mount(NULL, "/", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID, NULL)) fail("make the root read-only");
  if (chdir("/")) fail("chdir /");
  if (sethostname("cupel", 5)) fail("sethostname");
}

/* warden [--bind FROM TO]… [--] [INTERPRETER ARGS…] */
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
  if (i < argc && !strcmp(argv[i], "--")) i++;

  enter_user_namespace(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP);
  /* dropping the uid clears it, and it is what ends us with node */
  prctl(PR_SET_PDEATHSIG, SIGKILL);
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
  if (pipe(in) || pipe(out) || dup2(in[0], 0) < 0 || dup2(out[1], 1) < 0) fail("pipes");
  syscall(__NR_close_range, 4u, ~0u, 0);
  char *env[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp/work", "LANG=C.UTF-8", "PYTHONHASHSEED=0", "TMPDIR=/tmp", "TZ=UTC",
                 "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1", uid_range ? "CUPEL_UIDS=1" : "CUPEL_UIDS=0", NULL};
  execve(argv[i], argv + i, env);
  fail(argv[i]);
}
#endif
