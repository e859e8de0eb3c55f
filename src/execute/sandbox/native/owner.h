/*
 * Names of what a keeper makes on the machine (leaves, private folders): they tell whose it is, so that what a killed
 * keeper left behind can be told from what is in use, and taken away by the next one.
 *
 * Does not cover: what a keeper of another pid namespace (a container) left; its owner cannot be looked up from here.
 */

static uint64_t start_time(pid_t pid) { /* 0 if there is no such process */
  char path[64], text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t n = read(fd, text, sizeof text - 1);
  close(fd);
  text[n > 0 ? n : 0] = 0;
  char *p = strrchr(text, ')');
  unsigned long long when = 0;
  if (!p || sscanf(p + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &when) != 1) return 0;
  return when;
}

static unsigned long pid_namespace(void) {
  struct stat s;
  return stat("/proc/self/ns/pid", &s) ? 0 : s.st_ino;
}

/* Says whose it is, so that what a killed owner left can be told from what is in use. */
static void owned_name(char *to, size_t size) {
  snprintf(to, size, "cupel-%lu-%d-%llu", pid_namespace(), getpid(), (unsigned long long)start_time(getpid()));
}

/* Of this pid namespace (others cannot be looked up), and its owner has ended. */
static int is_stale(const char *name) {
  unsigned long namespace;
  int pid;
  unsigned long long when;
  if (sscanf(name, "cupel-%lu-%d-%llu", &namespace, &pid, &when) != 3) return 0;
  return namespace == pid_namespace() && start_time(pid) != when;
}
