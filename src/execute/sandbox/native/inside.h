/*
 * The inner sandbox: what a child does to itself before any code of the job runs, and the jobs that are C.
 *
 * Tiers A and B cover: own mounts (a disk of its own, /proc with only its own processes), limits, a uid of its own where
 * there is a range, no capabilities, no_new_privs, the system-call filter. Tier B' has Landlock in the place of mounts,
 * and a process group that cannot be left in the place of a pid namespace: the job shares the machine's list of
 * processes, its network (of which it can open no socket) and its disk.
 *
 * Does not cover: what files the machine has (tier B' sees their names where it can guess them), and the kernel itself.
 */

/* Shared with the child only until it is inside: tells a failed set-up from a program that fails. */
static volatile int *inside;

static void limit(int which, uint64_t soft, uint64_t hard) {
  struct rlimit r = {soft, hard};
  if (setrlimit(which, &r)) fail("setrlimit");
}

/* Nobody may raise what was lowered for Cupel itself. */
static uint64_t lowest(int which, uint64_t wanted) {
  struct rlimit r;
  return !getrlimit(which, &r) && r.rlim_max < wanted ? r.rlim_max : wanted;
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

/*
 * The disk of one run: a tmpfs that belongs to no folder yet, so that the server can still ask what it holds when the
 * last process has died. -1 where the kernel is too old to make one; the child then mounts its own.
 */
static int make_disk(const struct request *q, uid_t uid) {
  char text[4][16];
  const char *names[] = {"size", "nr_inodes", "uid", "gid"};
  snprintf(text[0], 16, "%um", q->disk_mb);
  snprintf(text[1], 16, "%u", q->disk_mb * 64 + 256);
  snprintf(text[2], 16, "%u", uid);
  snprintf(text[3], 16, "%u", uid);
  int fs = syscall(__NR_fsopen, "tmpfs", 1 /* close on exec */), disk = -1;
  if (fs < 0) return -1;
  int ok = !syscall(__NR_fsconfig, fs, 1 /* a text */, "mode", "0700", 0);
  for (int i = 0; i < 4; i++) ok = ok && !syscall(__NR_fsconfig, fs, 1, names[i], text[i], 0);
  if (ok && !syscall(__NR_fsconfig, fs, 6 /* create */, NULL, NULL, 0)) disk = syscall(__NR_fsmount, fs, 1, 2 | 4 /* no set-uid, no devices */);
  close(fs);
  return disk;
}

static void mount_disk(const struct request *q, uid_t uid, int disk) {
  char options[128];
  if (disk >= 0) {
    if (syscall(__NR_move_mount, disk, "", AT_FDCWD, "/tmp", 4 /* this very one */)) fail("mount /tmp");
    return;
  }
  snprintf(options, sizeof options, "size=%um,nr_inodes=%u,mode=0700,uid=%u,gid=%u", q->disk_mb, q->disk_mb * 64 + 256, uid, uid);
  if (mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, options)) fail("mount /tmp");
}

static void set_limits(const struct request *q, int measured) {
  uint64_t cpu = q->cpu_ms / 1000 + 2, mb = 1 << 20;
  limit(RLIMIT_CPU, cpu, cpu + 1);
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_FSIZE, q->disk_mb * mb, q->disk_mb * mb);
  limit(RLIMIT_NOFILE, 256, 256);
  limit(RLIMIT_MSGQUEUE, 0, 0);
  limit(RLIMIT_MEMLOCK, 1 << 16, 1 << 16);
  limit(RLIMIT_SIGPENDING, lowest(RLIMIT_SIGPENDING, 1024), lowest(RLIMIT_SIGPENDING, 1024));
  /* in tier B' the kernel counts all that this user runs, and the server counts what the job does */
  uint64_t tasks = lowest(RLIMIT_NPROC, setup.tasks_before ? setup.tasks_before + q->processes + 1000 : q->processes);
  limit(RLIMIT_NPROC, tasks, tasks);
  /* where memory itself is counted, what is only reserved costs nothing */
  if (!measured && !(q->flags & FLAG_NO_AS)) limit(RLIMIT_AS, q->memory_mb * mb + mapped_before, q->memory_mb * mb + mapped_before);
}

/* Where memory runs out, in the leaf or on the machine, the kernel takes this one before the server and everybody else. */
static void go_first(void) {
  prctl(PR_SET_DUMPABLE, 1); /* or its own entries in /proc belong to root */
  int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (fd < 0 || write(fd, "1000", 4) != 4 || close(fd)) fail("oom_score_adj");
}

static void give_up_rights(uid_t uid) {
  if (setup.first_uid && (setgroups(0, NULL) || setresgid(uid, uid, uid) || setresuid(uid, uid, uid))) fail("setuid");
  drop_capabilities();
  prctl(PR_SET_DUMPABLE, 1);
  prctl(PR_SET_PDEATHSIG, SIGKILL); /* a change of uid clears it */
}

static void filter_system_calls(void) {
  struct sock_fprog program = {filter_length, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) fail("no_new_privs");
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) fail("seccomp");
  *inside = 1;
  munmap((void *)inside, sizeof *inside);
}

static void enter(const struct request *q, int examining, uid_t uid, int disk, int in, int out, int err, int channel) {
  /* A job may kill(0): the process group must be its own. */
  setsid();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  go_first();
  if (setup.cgroup && examining == (int)setup.resident) join(examining ? ASIDE_MEMORY : JOIN_MEMORY);
  if (setup.tier == TIER_CONFINED) {
    if (examining ? chdir("/") : enter_work_folder()) fail("chdir");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) fail("no_new_privs");
    restrict_to_places(examining);
  } else {
    if (unshare(CLONE_NEWNS)) fail("unshare mount");
    mount_disk(q, uid, disk);
    unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY;
    if (mount("proc", "/proc", "proc", flags, "subset=pid") && mount("proc", "/proc", "proc", flags, NULL)) fail("mount /proc");
  }
  take_fds(in, out, err, channel);
  set_limits(q, setup.cgroup && !examining);
  give_up_rights(uid);
  umask(022);
  if (setup.tier != TIER_CONFINED && (mkdir("/tmp/work", 0700) || chdir("/tmp/work"))) fail("chdir");
  filter_system_calls();
}

/* From here on the child is unprivileged: it may touch paths. */

static void make_parents(char *path) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
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

/* Where a run is told that its folder is, if it has no mounts of its own. */
static char *placed(char *variable) {
  const char *inner = setup.tier != TIER_CONFINED ? NULL : !strcmp(variable, "HOME=/tmp/work") ? "HOME" : !strcmp(variable, "TMPDIR=/tmp") ? "TMPDIR" : NULL;
  char *text = NULL;
  if (!inner || asprintf(&text, "%s=%s/files%s", inner, setup.scratch, *inner == 'H' ? "/work" : "") < 0) return variable;
  return text;
}

/* blobs of a run: 0 argv, 1 environment, 2 stdin, 3 names to collect, then (path, content) pairs */
static void exec_job(struct job *j) {
  write_files(j, 4);
  char **argv = split(&j->blob[0]), **env = split(&j->blob[1]);
  for (char **e = env; *e; e++) *e = placed(*e);
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
