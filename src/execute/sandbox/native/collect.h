/*
 * The files a job leaves in /tmp/work. They are read after every process of the job is dead, by a process that has given
 * up every right, in the job's mounts but in a pid namespace of its own: nothing is left that could end it, change what
 * it reads, or speak for it.
 *
 * Does not cover: what a job leaves elsewhere in /tmp, links, devices, pipes, sockets, and folders below MAX_DEPTH.
 */
#define MAX_DEPTH 32
#define MAX_LEFT_OUT 100

/* Why a file comes without its content. */
enum { TAKEN = 0, TOO_MANY = 1, TOO_LARGE = 2, UNREADABLE = 3, TOO_DEEP = 4 };

/* As on the wire, followed by the path and, where it was taken, `size` bytes. An empty path ends the list; `size` is
 * then the number of files left out without being named. */
struct left { uint32_t path, mode, state; uint64_t size; } __attribute__((packed));

/* Blob 3 of a job: NUL-separated strings. How many files, how many bytes in all, `changed` or `all`, then patterns. */
static struct { uint64_t files, bytes; int all; char **pattern; } wanted;
static uint32_t left_out;
static uint64_t unnamed;
static dev_t work_device;

static void say(const void *data, size_t size) {
  if (write_full(3, data, size)) _exit(1);
}

/* A pattern names files or folders; a folder stands for all that is in it. */
static int is_wanted(const char *path) {
  if (!*wanted.pattern) return 1;
  for (char **p = wanted.pattern; *p; p++)
    if (!fnmatch(*p, path, FNM_PATHNAME | FNM_LEADING_DIR)) return 1;
  return 0;
}

static void leave_out(const char *path, const struct stat *s, uint32_t state) {
  if (left_out++ >= MAX_LEFT_OUT) { unnamed++; return; }
  struct left head = {strlen(path), s->st_mode & 07777, state, s->st_size};
  say(&head, sizeof head);
  say(path, head.path);
}

/* The job was given this very file, and did not change it. */
static int is_input(const char *path, int fd, const struct stat *s) {
  size_t length = strlen(path);
  for (uint32_t i = 4; i + 1 < current.blobs; i += 2) {
    const struct blob *name = &current.blob[i], *content = &current.blob[i + 1];
    if ((uint64_t)s->st_size != content->size || name->size != length || memcmp(name->data, path, length)) continue;
    char part[65536];
    for (uint32_t at = 0; at < content->size;) {
      ssize_t n = pread(fd, part, sizeof part, at);
      if (n <= 0 || (size_t)n > content->size - at || memcmp(part, content->data + at, n)) return 0;
      at += n;
    }
    return 1;
  }
  return 0;
}

static void take(int folder, const char *name, const char *path, const struct stat *s) {
  int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) { leave_out(path, s, UNREADABLE); return; }
  uint64_t size = s->st_size;
  if (!wanted.all && is_input(path, fd, s)) {}
  else if (!wanted.files) leave_out(path, s, TOO_MANY);
  else if (size > wanted.bytes) leave_out(path, s, TOO_LARGE);
  else {
    struct left head = {strlen(path), s->st_mode & 07777, TAKEN, size};
    say(&head, sizeof head);
    say(path, head.path);
    char part[65536];
    for (uint64_t have = 0; have < size;) {
      ssize_t n = read(fd, part, size - have < sizeof part ? size - have : sizeof part);
      if (n <= 0) _exit(1);
      say(part, n);
      have += n;
    }
    wanted.files--, wanted.bytes -= size;
  }
  close(fd);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* `path` ends with a slash or is empty; `fd` is closed. */
static void walk(int fd, char *path, int depth) {
  DIR *d = fdopendir(fd);
  if (!d) _exit(1);
  char **names = NULL;
  size_t count = 0, room = 0, at = strlen(path);
  for (struct dirent *e; (e = readdir(d));) {
    if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")) continue;
    if (count == room && !(names = realloc(names, (room = room * 2 + 64) * sizeof *names))) _exit(1);
    if (!(names[count++] = strdup(e->d_name))) _exit(1);
  }
  qsort(names, count, sizeof *names, by_name);
  for (size_t i = 0; i < count; free(names[i++])) {
    struct stat s;
    strcpy(path + at, names[i]);
    if (fstatat(fd, names[i], &s, AT_SYMLINK_NOFOLLOW) || s.st_dev != work_device) continue; /* a held program */
    if (S_ISREG(s.st_mode) && is_wanted(path)) take(fd, names[i], path, &s);
    if (!S_ISDIR(s.st_mode)) continue;
    s.st_size = 0;
    int below = depth < MAX_DEPTH ? openat(fd, names[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (below < 0) {
      if (is_wanted(path)) leave_out(path, &s, depth < MAX_DEPTH ? UNREADABLE : TOO_DEEP);
      continue;
    }
    strcat(path, "/");
    walk(below, path, depth + 1);
  }
  path[at] = 0;
  free(names);
  closedir(d);
}

static void collect(void) {
  static char path[(MAX_DEPTH + 2) * (NAME_MAX + 1)];
  char **words = split(&current.blob[3]);
  if (!words[0] || !words[1] || !words[2]) _exit(1);
  wanted.files = strtoull(words[0], NULL, 10), wanted.bytes = strtoull(words[1], NULL, 10);
  wanted.all = !strcmp(words[2], "all"), wanted.pattern = words + 3;
  struct stat s;
  /* The job may have locked itself, and us with it, out of its folder. In tier B' that folder is the one we are in. */
  const char *folder = setup.tier == TIER_CONFINED ? "." : "/tmp/work";
  int reached = setup.tier == TIER_CONFINED || !chmod("/tmp", 0700);
  if (reached && !lstat(folder, &s) && S_ISDIR(s.st_mode) && chmod(folder, 0700)) _exit(1);
  int work = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (work >= 0 && !fstat(work, &s)) {
    work_device = s.st_dev;
    walk(work, path, 0);
  }
  struct left end = {.size = unnamed};
  say(&end, sizeof end);
  _exit(0);
}
