/*
 * The probe: not what was asked of the kernel, but what a job can really do from where it stands. Each line of its
 * output is a primitive and whether it holds; the sandbox refuses a tier of which one that it needs does not.
 *
 * Does not cover: what the server measures (memory, CPU time): it says what it used, and Cupel compares (tiers.ts).
 */

static void says(const char *name, int holds) { printf("%s=%s\n", name, holds ? "yes" : "no"); }

static int cannot_open(const char *path, int flags) {
  int fd = open(path, flags, 0600);
  if (fd >= 0) close(fd);
  return fd < 0 && (errno == EACCES || errno == EROFS || errno == ENOENT || errno == EPERM);
}

static void probe_own_mounts(void) {
  int processes = 0, interfaces = 0;
  char line[256];
  DIR *d = opendir("/proc");
  for (struct dirent *e; d && (e = readdir(d));) processes += e->d_name[0] >= '1' && e->d_name[0] <= '9';
  says("pid-ns", getpid() < 10 && processes <= 3);
  says("mount-ns", access("/home", F_OK) && access("/root", F_OK) && access("/var", F_OK) && access("/etc/shadow", F_OK));
  says("read-only-root", mkdir("/x", 0755) && (errno == EROFS || errno == EACCES) && cannot_open("/usr/x", O_WRONLY | O_CREAT));
  FILE *f = fopen("/proc/net/dev", "re");
  while (f && fgets(line, sizeof line, f)) interfaces += strchr(line, ':') && !strstr(line, "lo:");
  says("net-ns", interfaces == 0);
  int big = open("/tmp/work/full", O_WRONLY | O_CREAT, 0600), wrote = 1;
  static char megabyte[1 << 20];
  for (int i = 0; i < 64 && wrote; i++) wrote = write(big, megabyte, sizeof megabyte) == (ssize_t)sizeof megabyte;
  says("disk-limit", !wrote);
  unlink("/tmp/work/full");
}

static void probe_confinement(void) {
  char outside[256], environ_path[64];
  snprintf(outside, sizeof outside, "%s/outside", setup.scratch);
  snprintf(environ_path, sizeof environ_path, "/proc/%d/environ", getppid());
  int fd = open("inside", O_RDWR | O_CREAT, 0600), pair[2];
  says("landlock", fd >= 0 && cannot_open("/", O_RDONLY) && cannot_open("/etc/passwd", O_RDONLY) && cannot_open(environ_path, O_RDONLY) &&
                       cannot_open(outside, O_WRONLY | O_CREAT) && cannot_open("/usr/x", O_WRONLY | O_CREAT) && !cannot_open("/usr", O_RDONLY));
  struct stat s;
  chmod("inside", 0640), fchmod(fd, 0640);
  says("own-metadata", setup.first_uid || (!fstat(fd, &s) && (s.st_mode & 0777) == 0600));
  says("signal-scope", kill(getppid(), 0) && errno == EPERM && !kill(getpid(), 0));
  says("own-group", setsid() < 0 && errno == EPERM && setpgid(0, 0) && errno == EPERM && getpgrp() == getpid());
  says("no-sockets", socket(AF_UNIX, SOCK_STREAM, 0) < 0 && socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) && !socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
  struct rlimit r = {0, 0};
  says("own-limits", syscall(SYS_prlimit64, getppid(), RLIMIT_CORE, &r, NULL) && errno == EPERM);
  /* what the other tiers have and this one has not */
  says("pid-ns", 0), says("mount-ns", 0), says("net-ns", 0), says("disk-limit", 0);
}

/* Touches more than the job may have. Where memory is counted, this does not return. */
static void take_too_much(const struct request *q) {
  size_t size = (size_t)(q->memory_mb + q->disk_mb + 8) << 20;
  volatile char *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (size_t i = 0; p != MAP_FAILED && i < size; i += 4096) p[i] = 1;
}

static int processes_are_limited(const struct request *q) {
  uint32_t started = 0;
  int hold[2];
  if (pipe(hold)) return 0;
  for (pid_t pid; started < q->processes + 8; started++) {
    pid = fork();
    if (pid < 0) break;
    if (!pid) {
      char byte;
      close(hold[1]);
      if (read(hold[0], &byte, 1)) _exit(1);
      _exit(0);
    }
  }
  close(hold[0]), close(hold[1]);
  while (wait(NULL) > 0) {}
  return started < q->processes;
}

/* Ten milliseconds of CPU time in a process whose parent does not want to know: what is counted, and by whom? */
static void burn_unseen(uint64_t before) {
  signal(SIGCHLD, SIG_IGN);
  if (!fork()) {
    while (clock() < CLOCKS_PER_SEC / 100) {}
    _exit(0);
  }
  while (wait(NULL) > 0) {}
  struct rusage own, children;
  getrusage(RUSAGE_SELF, &own), getrusage(RUSAGE_CHILDREN, &children);
  printf("cpu-us=%llu\n", (unsigned long long)(cpu_us_of(&own) + cpu_us_of(&children) - before));
}

static void probe_job(const struct request *q) {
  if (q->flags & FLAG_MEMORY) {
    take_too_much(q);
    says("memory-limit", 0);
    fflush(stdout);
    _exit(0);
  }
  char status[8192] = "";
  struct rusage began; /* what setting up took is not in every account */
  getrusage(RUSAGE_SELF, &began);
  int fd = open("/proc/self/status", O_RDONLY), confined = setup.tier == TIER_CONFINED;
  if (fd >= 0) { ssize_t n = read(fd, status, sizeof status - 1); if (n > 0) status[n] = 0; close(fd); }
  signal(SIGXFSZ, SIG_IGN);
  if (confined) probe_confinement();
  else probe_own_mounts();
  errno = 0;
  says("seccomp", unshare(CLONE_NEWUSER) && errno == EPERM && socket(AF_INET, SOCK_STREAM, 0) < 0);
  says("no-new-privs", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct have[2] = {{1, 1, 1}, {1, 1, 1}};
  int none = !syscall(SYS_capget, &header, have) && !(have[0].effective | have[1].effective | have[0].permitted | have[1].permitted);
  says("no-capabilities", none && (confined || strstr(status, "CapBnd:\t0000000000000000")));
  struct rlimit r;
  says("rlimits", !getrlimit(RLIMIT_FSIZE, &r) && r.rlim_cur == (rlim_t)q->disk_mb << 20 && !getrlimit(RLIMIT_NOFILE, &r) && r.rlim_cur <= 256);
  says("own-uid", setup.first_uid && getuid() >= setup.first_uid);
  /* only looked after from outside: going over it would be the end of this */
  int watched = setup.tasks_before && !has_leaf_file(PIDS_LIMIT);
  says("process-limit", !watched && processes_are_limited(q));
  burn_unseen(cpu_us_of(&began));
  fflush(stdout);
  _exit(0);
}
