/*
 * The outer sandbox of tiers A and B: namespaces, uid range, and a root of read-only binds. Made once per server.
 *
 * Covers: the machine's files, processes, network, System V objects and host name are out of sight of server and jobs.
 * Tier A (started as root) maps a range of uids that exist nowhere else; tier B only the caller's own, so that jobs of
 * one server share a uid, which their pid namespaces keep apart.
 *
 * Does not cover: what may be read below /usr and in the folders of the interpreters, and the kernel itself.
 */

static void make_text(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) fail(path);
  close(fd);
}

struct bind { const char *from, *to; int fd, directory; };
#define MAX_BINDS 96
static struct bind binds[MAX_BINDS];
static int bind_count;

static void plan_bind(const char *from, const char *to) {
  if (bind_count < MAX_BINDS) binds[bind_count++] = (struct bind){from, to, -1, 0};
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

/* A range far above any real account, different for servers that run at the same time. */
static unsigned far_uids(void) { return 0x60000000u + (unsigned)(getpid() % 4096) * 65536u; }

/* In the new namespaces, as root of them. */
static void become_root_inside(void) {
  open_binds();
  if (setup.tier == TIER_A && setgroups(0, NULL)) fail("setgroups");
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
  mkdir("tmp", 0755), mkdir("tmp/held", 0755), mkdir("proc", 0755), mkdir("dev", 0755), mkdir("etc", 0755);
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

/* For an interpreter that will be forked: rings of its event loop could not be made again in its children. */
static void refuse_rings(void) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 425 /* io_uring_setup, everywhere */, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof code / sizeof *code, code};
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) fail("seccomp");
}

/*
 * What an interpreter finds out about itself when it starts shall be true of its children too: its process number, that
 * its user has no name, how much of /proc there is to see. Only the rights that its server needs are its own.
 */
static void become_like_a_job(void) {
  pid_t second = fork();
  if (second < 0) fail("fork");
  if (second) {
    int status = 0;
    syscall(__NR_close_range, 3u, ~0u, 0);
    while (waitpid(second, &status, 0) < 0 && errno == EINTR) {}
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  }
  setsid();
  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "subset=pid"); /* not before Linux 5.8: then there is more */
  if (setup.first_uid) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct all[2];
    uid_t uid = setup.first_uid - 1;
    if (prctl(PR_SET_KEEPCAPS, 1) || setresgid(uid, uid, uid) || setresuid(uid, uid, uid) || syscall(SYS_capget, &header, all)) fail("setuid");
    for (int i = 0; i < 2; i++) all[i].effective = all[i].inheritable = all[i].permitted;
    if (syscall(SYS_capset, &header, all)) fail("capset");
    for (int cap = 0; cap < 64; cap++)
      if (all[cap / 32].permitted >> cap % 32 & 1 && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0)) fail("keep a capability");
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
}
