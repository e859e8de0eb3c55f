/*
 * The branch of a live session: a second process that goes on from the same state, in namespaces of its own.
 *
 * A process cannot be moved into another pid namespace, so the branch must be born there, as a child of the session's own
 * process, which has no rights. It may do exactly one thing for this (the filter knows its flags): clone into a new user
 * namespace together with a pid and a mount namespace. There it has no uid until the server maps one, its /tmp is a
 * fresh tmpfs that the server mounts and a helper without rights fills with copies, and its /proc is its own.
 *
 * Covers: a branch reaches no process, file or memory of its origin or of another branch.
 * Does not cover: file handles that hostile code keeps open over the branching (the driver opens the honest ones anew), and
 * a session may end its own branches, which are below it
 * (kill(-1)), never the other way round; and namespaces can be nested 32 deep, so a branch of a branch of a branch ends somewhere near the thirtieth generation.
 */

#define CONTROL 5 /* the descriptor on which the session's process meets the server */
#define PATIENCE_MS 10000

static int send_fds(int to, const int *fds, int count) { return send_with_fds(to, "b", 1, fds, count); }

static int receive_fds(int from, int *fds, int count) {
  char byte;
  struct iovec io = {&byte, 1};
  union { char room[CMSG_SPACE(sizeof(int) * STREAMS)]; struct cmsghdr align; } control;
  struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
  if (recvmsg(from, &m, MSG_CMSG_CLOEXEC) != 1) return -1;
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  if (!c || c->cmsg_type != SCM_RIGHTS || c->cmsg_len != CMSG_LEN(sizeof(int) * count)) return -1;
  memcpy(fds, CMSG_DATA(c), sizeof(int) * count);
  return 0;
}

/* ── in the session's process, which is not trusted: it can only spoil its own branch ── */

/* The first process of a branch's pid namespace. It outlives the branch, which may have branches of its own. */
static void take_in_orphans(pid_t branch, int meeting) {
  sigset_t all;
  int status;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  if (meeting != CONTROL) dup2(meeting, CONTROL);
  syscall(__NR_close_range, 0u, CONTROL - 1u, 0);
  syscall(__NR_close_range, CONTROL + 1u, ~0u, 0);
  for (;;) {
    pid_t pid = waitpid(-1, &status, 0);
    if (pid < 0) pause();
    else if (pid == branch) { /* how it ended */
      char told[2] = {WIFSIGNALED(status) ? 's' : 'x', WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status)};
      if (write(CONTROL, told, 2) < 0) continue;
    }
  }
}

/* Called by the driver between two cells: 1 in the session, 0 in the branch, -1 if there is none. */
int cupel_branch(void) {
  streams given = {0, -1, -1, -1, -1, -1};
  if (receive_fds(CONTROL, given + 1, STREAMS - 1)) return -1;
  int meeting = given[CONTROL];
  pid_t first = syscall(SYS_clone, (unsigned long)BRANCH_FLAGS, NULL, NULL, NULL, NULL);
  if (first) {
    int error = errno;
    if (first < 0) { char why[] = {'e', error}; if (write(meeting, why, 2) < 0) error = errno; }
    for (int i = 1; i < STREAMS; i++) close(given[i]);
    return first < 0 ? -1 : 1;
  }
  char byte;
  for (int cap = 0; cap < 64; cap++)
    if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) && errno == EINVAL) break;
  if (write(meeting, "i", 1) != 1 || read(meeting, &byte, 1) != 1) _exit(1);
  drop_capabilities();
  pid_t main = fork();
  if (main < 0) _exit(1);
  if (main) take_in_orphans(main, meeting); /* the first process of a pid namespace is special: not the branch itself */
  setsid();
  for (int i = 1; i < STREAMS; i++)
    if (dup2(given[i], i) < 0) _exit(1);
  for (int i = 1; i < STREAMS; i++)
    if (given[i] >= STREAMS) close(given[i]);
  if (write(CONTROL, "m", 1) != 1) _exit(1);
  return 0;
}

/* ── in the server ── */

/* Waits for one message and tells whose it is, as a pid of ours. 0 if none comes. */
static pid_t hear(int meeting, int patience, char *kind, int *detail) {
  char data[2] = {0};
  struct pollfd p = {meeting, POLLIN, 0};
  struct iovec io = {data, 2};
  union { char room[CMSG_SPACE(sizeof(struct ucred))]; struct cmsghdr align; } control;
  struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
  if (poll(&p, 1, patience) != 1 || recvmsg(meeting, &m, MSG_DONTWAIT) < 1) return 0;
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  if (!c || c->cmsg_type != SCM_CREDENTIALS) return 0;
  struct ucred who;
  memcpy(&who, CMSG_DATA(c), sizeof who);
  *kind = data[0];
  *detail = (unsigned char)data[1];
  return who.pid;
}

static int open_proc(pid_t pid, const char *name, int flags) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  return open(path, flags | O_CLOEXEC);
}

/* Runs `work` in a child and says whether it ended well. */
static int in_child(int (*work)(const void *), const void *data) {
  pid_t pid = fork();
  if (!pid) _exit(work(data) ? 1 : 0);
  int status = 1;
  while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
  return pid > 0 && status == 0 ? 0 : -1;
}

struct branching {
  pid_t first;          /* of the branch's pid namespace */
  int parent_user;      /* the user namespace of the session it branches from */
  uid_t uid;
  uint32_t disk_mb;
};

/* The ids of a user namespace are written by someone with rights in its parent. */
static int map_ids(const void *data) {
  const struct branching *b = data;
  struct stat own, parent;
  int user = open("/proc/self/ns/user", O_RDONLY | O_CLOEXEC);
  if (user < 0 || fstat(user, &own) || fstat(b->parent_user, &parent)) return -1;
  if (own.st_ino != parent.st_ino && setns(b->parent_user, CLONE_NEWUSER)) return -1;
  static const char *names[] = {"uid_map", "gid_map"};
  for (int i = 0; i < 2; i++) {
    char text[64];
    int fd = open_proc(b->first, names[i], O_WRONLY), size = snprintf(text, sizeof text, "%u %u 1", b->uid, b->uid);
    if (fd < 0 || write(fd, text, size) != size) return -1;
    close(fd);
  }
  return 0;
}

/* A child of a namespace's, for what only its members may mount. */
static int mount_proc(const void *unused) {
  (void)unused;
  return mount_job_proc();
}

static void give_up_all(uid_t uid, uint32_t disk_mb) {
  limit(RLIMIT_FSIZE, (uint64_t)disk_mb << 20, (uint64_t)disk_mb << 20);
  take_uid(uid);
  drop_capabilities();
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (install_filter()) fail("seccomp");
}

static int copy_file(int from, int to, const struct stat *s) {
  char part[65536];
  off_t at = 0;
  while (at < s->st_size) { /* holes stay holes */
    off_t data = lseek(from, at, SEEK_DATA), end = data < 0 ? -1 : lseek(from, data, SEEK_HOLE);
    if (data < 0) break;
    if (lseek(from, data, SEEK_SET) < 0 || lseek(to, data, SEEK_SET) < 0) return -1;
    for (at = data; at < end;) {
      ssize_t n = read(from, part, end - at < (off_t)sizeof part ? end - at : (off_t)sizeof part);
      if (n <= 0) return n < 0 ? -1 : 0;
      if (write_full(to, part, n)) return -1;
      at += n;
    }
  }
  return ftruncate(to, s->st_size);
}

/* Regular files, folders, links and fifos, with their modes and times. Runs without rights: the tree is hostile. */
static int copy_tree(int from, int to, int depth) {
  int list = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *d = list < 0 ? NULL : fdopendir(list);
  if (!d || depth > 200) return -1;
  int bad = 0;
  for (struct dirent *e; !bad && (e = readdir(d));) {
    struct stat s;
    char target[KEEP_SMALL];
    if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..") || fstatat(from, e->d_name, &s, AT_SYMLINK_NOFOLLOW)) continue;
    int in = -1, out = -1;
    if (S_ISLNK(s.st_mode)) {
      ssize_t n = readlinkat(from, e->d_name, target, sizeof target - 1);
      target[n > 0 ? n : 0] = 0;
      bad = symlinkat(target, to, e->d_name);
    } else if (S_ISFIFO(s.st_mode)) {
      bad = mknodat(to, e->d_name, S_IFIFO | 0600, 0);
    } else if (S_ISDIR(s.st_mode) || S_ISREG(s.st_mode)) {
      int folder = S_ISDIR(s.st_mode);
      if (folder) mkdirat(to, e->d_name, 0700);
      fchmodat(from, e->d_name, s.st_mode | 0700, 0); /* the owner may have locked itself out */
      in = openat(from, e->d_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
      out = folder ? openat(to, e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                   : openat(to, e->d_name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
      bad = in < 0 || out < 0 || (folder ? copy_tree(in, out, depth + 1) : copy_file(in, out, &s));
      struct timespec times[2] = {s.st_atim, s.st_mtim};
      if (!bad) bad = fchmod(out, s.st_mode & 07777) || futimens(out, times);
      fchmodat(from, e->d_name, s.st_mode & 07777, 0);
    }
    if (in >= 0) close(in);
    if (out >= 0) close(out);
  }
  closedir(d);
  return bad;
}

/* In the branch's mount namespace: a fresh /tmp over the old one, filled with copies, and its own /proc. */
static int furnish(const void *data) {
  const struct branching *b = data;
  int mounts = open_proc(b->first, "ns/mnt", O_RDONLY), pids = open_proc(b->first, "ns/pid", O_RDONLY);
  if (mounts < 0 || pids < 0 || setns(mounts, CLONE_NEWNS) || setns(pids, CLONE_NEWPID)) return -1;
  int old = open("/tmp", O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (old < 0 || in_child(mount_proc, NULL) || mount_job_tmp(b->uid, b->disk_mb)) return -1;
  int fresh = open("/tmp", O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fresh < 0) return -1;
  umask(0);
  give_up_all(b->uid, b->disk_mb);
  return copy_tree(old, fresh, 0);
}
