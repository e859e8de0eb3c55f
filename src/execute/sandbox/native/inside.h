/* The inner sandbox: what a child does to itself before any code of the job runs, and the jobs that are C. */

/* Shared with the child only until it is inside: tells a failed set-up from a program that fails. */
static volatile int *inside;
static int begins_later; /* a warm interpreter that has more to do before it is itself again (whole.h) */

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

/* What a child gets as 0, 1, 2 and from 3 on, in this order; -1 ends the list. */
#define STREAMS 6
typedef int streams[STREAMS];

/* Everything that is not in the list is closed. */
static void take_streams(const streams given) {
  streams from;
  int count = 0;
  for (; count < STREAMS && given[count] >= 0; count++)
    from[count] = given[count] < STREAMS ? fcntl(given[count], F_DUPFD, 10) : given[count];
  for (int i = 0; i < count; i++)
    if (dup2(from[i], i) < 0) fail("dup2");
  if (syscall(__NR_close_range, count, ~0u, 0)) fail("close_range");
}

static int mount_job_tmp(uid_t uid, uint32_t disk_mb) {
  char options[128];
  snprintf(options, sizeof options, "size=%um,nr_inodes=%u,mode=0700,uid=%u,gid=%u", disk_mb, disk_mb * 64 + 256, uid, uid);
  return mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, options);
}

/* A fresh /tmp and /proc. Nothing of the job has run yet, so what is created here is created in the open. */
static void mount_own(const struct request *q, uid_t uid) {
  int program[MAX_BOUND];
  char from[64], to[64 + NAME_MAX];
  for (int i = 0; i < bound_count; i++) { /* before our /tmp covers them */
    snprintf(from, sizeof from, HELD_FOLDER "/%d", i);
    if ((program[i] = open(from, O_PATH | O_CLOEXEC)) < 0) fail(from);
  }
  if (has_held_mount && !bound_count && umount2(HELD_FOLDER, MNT_DETACH)) fail("leave a held program");
  if (mount_job_tmp(uid, q->disk_mb)) fail("mount /tmp");
  /* Only what the job itself started: in tier B the first process would have its user, and files that user may write. */
  if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "subset=pid,hidepid=4") &&
      mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "hidepid=2"))
    fail("mount /proc");
  if (mkdir("/tmp/work", 0700) || chown("/tmp/work", uid, uid)) fail("make /tmp/work");
  for (int i = 0; i < bound_count; i++) {
    snprintf(to, sizeof to, "/tmp/work/%s", held_files[i].name);
    snprintf(from, sizeof from, "/proc/self/fd/%d", program[i]);
    int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
    if (fd < 0 || close(fd) || mount(from, to, NULL, MS_BIND, NULL)) fail(to);
  }
}

/* `mounts` is -1 for a job, which gets its own, and those of a job that has ended for its collector. */
static void enter(const struct request *q, int mounts, const streams given) {
  /* A job may kill(0): the process group must be its own. */
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  uid_t uid = has_uid_range ? FIRST_UID + runs % UIDS : 0;
  if (mounts < 0) mount_own(q, uid);
  else if (setns(mounts, CLONE_NEWNS)) fail("setns mount");
  take_streams(given);

  uint64_t cpu = q->cpu_ms / 1000 + 2, mb = 1 << 20;
  if (q->type != JOB_OPEN) limit(RLIMIT_CPU, cpu, cpu + 1); /* a session is limited by the cell, not by its life */
  limit(RLIMIT_CORE, 1, 1); /* 0 would still start a handler that the host's core_pattern names */
  limit(RLIMIT_FSIZE, q->disk_mb * mb, q->disk_mb * mb);
  limit(RLIMIT_NOFILE, 256, 256);
  limit(RLIMIT_MSGQUEUE, 0, 0);
  limit(RLIMIT_SIGPENDING, 1024, 1024); /* counted for the user who started us, too */
  limit(RLIMIT_RTPRIO, 0, 0);
  limit(RLIMIT_NICE, 0, 0);
  limit(RLIMIT_MEMLOCK, 1 << 16, 1 << 16);
  uint64_t processes = q->processes * (q->type == JOB_OPEN ? 8ull : 1ull); /* the branches of a session count with it */
  if (!has_uid_range) processes += 3 + begins_later; /* of the same user: the warden, its server (a warm interpreter has another process) and the init of this job */
  limit(RLIMIT_NPROC, processes, processes);
  if (!(q->flags & FLAG_NO_AS)) limit(RLIMIT_AS, q->memory_mb * mb + mapped_before, q->memory_mb * mb + mapped_before);

  if (has_uid_range) {
    /* The kernel's own calls: those of libc would tell threads that a warm interpreter has not started again yet. */
    if (syscall(SYS_setgroups, 0, NULL) || syscall(SYS_setresgid, uid, uid, uid) || syscall(SYS_setresuid, uid, uid, uid)) fail("setuid");
  }
  drop_capabilities();
  prctl(PR_SET_DUMPABLE, 1);
  if (mounts < 0 && chdir("/tmp/work")) fail("chdir");
  umask(022);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) fail("no_new_privs");
  if (install_filter()) fail("seccomp");
}

/* From here on it is the job that fails, not its sandbox. */
static void begin(void) {
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
    if (is_bound(i)) continue;
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

/* blobs of a run: 0 argv, 1 environment, 2 stdin, 3 what to collect (collect.h), then (path, content) pairs */
static void exec_job(struct job *j) {
  write_files(j, 4);
  char **argv = split(&j->blob[0]), **env = split(&j->blob[1]);
  signal(SIGPIPE, SIG_DFL); /* being ignored would outlive the exec */
  *inside = 1; /* the mapping goes with our image, and nothing of the job runs before that */
  execvpe(argv[0], argv, env);
  if (strncmp(argv[0], "./", 2)) *inside = 0; /* a tool that cannot be started is not the program's fault */
  fprintf(stderr, "cannot start %s: %s\n", argv[0], strerror(errno));
  _exit(errno == ENOENT ? 127 : 126);
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
  says("mount-ns", access("/home", F_OK) && access("/root", F_OK) && access("/var/log", F_OK) && access("/var/tmp", F_OK) && access("/etc/shadow", F_OK));
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
