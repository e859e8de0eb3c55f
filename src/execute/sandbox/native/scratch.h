/*
 * Tier B' has no mounts of its own: a job gets a folder on the machine's disk, inside a private one that the keeper
 * makes and removes. What a job left there is looked at only through descriptors of folders that are not followed
 * through links, and only after its processes have died, or (to measure it) without opening any file.
 *
 * Does not cover: a limit that the kernel enforces. What a job holds is measured every few milliseconds, so that a fast
 * writer can be ahead of its limit by what it writes in that time.
 */

struct held { uint64_t bytes, entries; };

/* Brings what lies deeper up to the top, so that neither depth nor the length of a path matters. Returns -1 if it cannot. */
static int empty_folder(int top) {
  static unsigned long moved;
  for (int passes = 0, left = 1; left; passes++) {
    left = 0;
    int copy = openat(top, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), removed = 0;
    DIR *d = copy < 0 ? NULL : fdopendir(copy);
    if (!d) return -1;
    for (struct dirent *e; (e = readdir(d));) {
      if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")) continue;
      if (!unlinkat(top, e->d_name, 0) || !unlinkat(top, e->d_name, AT_REMOVEDIR)) { removed = 1; continue; }
      left = 1;
      char path[64];
      int handle = openat(top, e->d_name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (handle < 0) continue;
      snprintf(path, sizeof path, "/proc/self/fd/%d", handle);
      chmod(path, 0700); /* it may have been made without the right to be read */
      int sub = openat(handle, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
      close(handle);
      DIR *inner = sub < 0 ? NULL : fdopendir(sub);
      for (struct dirent *f; inner && (f = readdir(inner));) {
        if (!strcmp(f->d_name, ".") || !strcmp(f->d_name, "..")) continue;
        if (!unlinkat(sub, f->d_name, 0) || !unlinkat(sub, f->d_name, AT_REMOVEDIR)) { removed = 1; continue; }
        do snprintf(path, sizeof path, ".%lu", moved++);
        while (syscall(SYS_renameat2, sub, f->d_name, top, path, 1 /* not over another */) && errno == EEXIST);
        removed = 1;
      }
      if (inner) closedir(inner);
    }
    closedir(d);
    if (left && !removed) return -1;
  }
  return 0;
}

/* Adds up what is below; stops at what is too much anyway. Folders nested deeper than any honest program's are. */
static void add_folder(int folder, int depth, struct held *held, uint64_t most) {
  DIR *d = fdopendir(folder);
  if (!d) { close(folder); return; }
  for (struct dirent *e; held->bytes <= most && (e = readdir(d));) {
    struct stat s;
    if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")) continue;
    held->entries++;
    if (fstatat(dirfd(d), e->d_name, &s, AT_SYMLINK_NOFOLLOW)) continue;
    if (!S_ISDIR(s.st_mode)) { held->bytes += s.st_blocks * 512ull / (s.st_nlink ? s.st_nlink : 1); continue; }
    int sub = depth < 64 ? openat(dirfd(d), e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    if (sub >= 0) add_folder(sub, depth + 1, held, most);
    else if (depth >= 64) held->bytes = most + 1;
  }
  closedir(d);
}

static int files_folder(void) {
  char path[256];
  snprintf(path, sizeof path, "%s/files", setup.scratch);
  return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* What the last job left goes, and the folder becomes that of the next one. */
static int make_work_folder(uid_t uid) {
  int folder = files_folder();
  int failed = folder < 0 || empty_folder(folder) || mkdirat(folder, "work", 0700) ||
               (setup.first_uid && (fchown(folder, uid, uid) || fchownat(folder, "work", uid, uid, AT_SYMLINK_NOFOLLOW)));
  if (folder >= 0) close(folder);
  return failed ? -1 : 0;
}

static int enter_work_folder(void) {
  char path[256];
  snprintf(path, sizeof path, "%s/files/work", setup.scratch);
  return chdir(path);
}

#ifdef WARDEN_PROGRAM
static const char *scratch_parent;

static void scratch_path(char *to, size_t size, const char *name) { snprintf(to, size, "%s/%s", setup.scratch, name); }

static void make_scratch(void) {
  char owner[128];
  owned_name(owner, sizeof owner);
  if (snprintf(setup.scratch, sizeof setup.scratch, "%s/%s-XXXXXX", scratch_parent, owner) >= (int)sizeof setup.scratch - 16) {
    errno = ENAMETOOLONG;
    fail(scratch_parent);
  }
  if (!mkdtemp(setup.scratch)) { setup.scratch[0] = 0; fail(scratch_parent); }
  /* a job with a uid of its own has to pass through */
  char path[256];
  scratch_path(path, sizeof path, "files");
  if ((setup.first_uid && chmod(setup.scratch, 0711)) || mkdir(path, 0700)) fail(path);
}

static void remove_folder(const char *path) {
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return;
  empty_folder(fd);
  close(fd);
  rmdir(path);
}

static void remove_scratch(void) {
  if (setup.scratch[0]) remove_folder(setup.scratch);
}

/* What killed keepers left behind. */
static void sweep_scratch(void) {
  DIR *d = opendir(scratch_parent);
  for (struct dirent *e; d && (e = readdir(d));) {
    struct stat s;
    char path[PATH_MAX];
    if (!is_stale(e->d_name) || fstatat(dirfd(d), e->d_name, &s, AT_SYMLINK_NOFOLLOW)) continue;
    if (!S_ISDIR(s.st_mode) || s.st_uid != geteuid()) continue;
    snprintf(path, sizeof path, "%s/%s", scratch_parent, e->d_name);
    remove_folder(path);
  }
  if (d) closedir(d);
}
#endif
