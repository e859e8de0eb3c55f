/*
 * Makes any interpreter a warm one, without its knowledge: preloaded into it, this stops it when it first looks at the
 * program (or at another file, where it looks at the program too early), and from then on the process is a server that
 * is forked whole for each program (whole.h). What the interpreter does before, it does once.
 *
 * The program it was started with is a placeholder; in a child the file of that name is the real one, and a descriptor
 * of it stands at its beginning. Its name, the arguments and the environment are those it was started with.
 *
 * Told by the environment, which is clean again before the interpreter sees it: CUPEL_STOP_AT (a pattern of paths),
 * CUPEL_PROGRAM and CUPEL_PLACEHOLDER (name and content).
 */
#define WARDEN_PART
#include "warden.c"
#include "whole.h"
#include <dlfcn.h>
#include <stdarg.h>

#define WORK "/tmp/work"
#define MAX_LEFT 64

static char settings[4][KEEP_SMALL]; /* as they were in the environment, for the next program of a chain (sh, exec) */
static const char *stop_at, *program;
static char *left_folders[MAX_LEFT];
static int left_count;

/* Folders for temporary files that the interpreter has made: its children have a /tmp of their own. */
static void note_folders(void) {
  DIR *d = opendir("/tmp");
  struct stat s;
  for (struct dirent *e; d && (e = readdir(d));) {
    char path[KEEP_SMALL];
    snprintf(path, sizeof path, "/tmp/%s", e->d_name);
    if (*e->d_name == '.' || !strcmp(path, WORK) || lstat(path, &s)) continue;
    if (!S_ISDIR(s.st_mode) || left_count == MAX_LEFT) errno = EBUSY, fail("the interpreter keeps temporary files");
    left_folders[left_count++] = strdup(path);
  }
  if (d) closedir(d);
}

/* Ruby has the first bytes of the placeholder in a buffer by then: it is told to read its program from the beginning. */
static void rewind_ruby(void) {
  unsigned long (*evaluate)(const char *, int *) = (unsigned long (*)(const char *, int *))dlsym(RTLD_DEFAULT, "rb_eval_string_protect");
  char code[KEEP_SMALL + 100];
  int failed = 0;
  snprintf(code, sizeof code, "ObjectSpace.each_object(File) { |file| file.rewind if file.path == '%s' }", program);
  if (evaluate) evaluate(code, &failed);
  if (failed) fail("rewind the program");
}

static void stop(void) {
  struct job *job;
  stop_at = NULL;
  rewind_ruby();
  note_folders();
  serve_whole(&job);
  for (int i = 0; i < left_count; i++)
    if (mkdir(left_folders[i], 0700)) fail(left_folders[i]);
  begin();
}

static void look_at(const char *path) {
  if (!stop_at || !path) return;
  char whole[KEEP_SMALL];
  if (!strncmp(path, "./", 2)) path += 2;
  snprintf(whole, sizeof whole, "%s%s", *path == '/' ? "" : WORK "/", path);
  if (!fnmatch(stop_at, whole, 0)) stop();
}

/* Where the program will be: a /tmp to write to, and the placeholder. Once for all programs of a chain. */
static void make_work(const char *name, const char *content) {
  if (!access(WORK, F_OK)) return;
  if (mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "size=16m,mode=1777") || mkdir(WORK, 0700) || chdir(WORK)) fail(WORK);
  int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
  if (fd < 0 || write_full(fd, content, strlen(content)) || close(fd)) fail(name);
}

static const char *take_setting(int number, const char *name) {
  const char *value = getenv(name);
  snprintf(settings[number], sizeof *settings, "%s=%s", name, value ? value : "");
  unsetenv(name);
  return strchr(settings[number], '=') + 1;
}

__attribute__((constructor)) static void prepare(void) {
  if (!getenv("CUPEL_STOP_AT")) return;
  take_setting(0, "LD_PRELOAD");
  const char *at = take_setting(1, "CUPEL_STOP_AT");
  program = take_setting(2, "CUPEL_PROGRAM");
  make_work(program, take_setting(3, "CUPEL_PLACEHOLDER"));
  stop_at = at;
}

/* ── the calls with which programs look at files ── */

#define NEXT(name) \
  static __typeof__(name) *next; \
  if (!next) next = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define OWN __attribute__((visibility("default")))
#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | __O_TMPFILE)) { \
    va_list list; \
    va_start(list, flags); \
    mode = va_arg(list, mode_t); \
    va_end(list); \
  }
#define LOOKS(type, name, parameters, path, arguments) \
  OWN type name parameters { \
    NEXT(name); \
    look_at(path); \
    return next arguments; \
  }

OWN int open(const char *path, int flags, ...) { NEXT(open); MODE(flags) look_at(path); return next(path, flags, mode); }
OWN int open64(const char *path, int flags, ...) { NEXT(open64); MODE(flags) look_at(path); return next(path, flags, mode); }
OWN int openat(int at, const char *path, int flags, ...) { NEXT(openat); MODE(flags) look_at(path); return next(at, path, flags, mode); }
OWN int openat64(int at, const char *path, int flags, ...) { NEXT(openat64); MODE(flags) look_at(path); return next(at, path, flags, mode); }
LOOKS(FILE *, fopen, (const char *path, const char *mode), path, (path, mode))
LOOKS(FILE *, fopen64, (const char *path, const char *mode), path, (path, mode))
LOOKS(int, stat, (const char *path, struct stat *s), path, (path, s))
LOOKS(int, lstat, (const char *path, struct stat *s), path, (path, s))
LOOKS(int, stat64, (const char *path, struct stat64 *s), path, (path, s))
LOOKS(int, lstat64, (const char *path, struct stat64 *s), path, (path, s))
LOOKS(int, fstatat, (int at, const char *path, struct stat *s, int flags), path, (at, path, s, flags))
LOOKS(int, fstatat64, (int at, const char *path, struct stat64 *s, int flags), path, (at, path, s, flags))
LOOKS(int, statx, (int at, const char *path, int flags, unsigned mask, struct statx *s), path, (at, path, flags, mask, s))
LOOKS(int, access, (const char *path, int mode), path, (path, mode))
LOOKS(ssize_t, readlink, (const char *path, char *to, size_t size), path, (path, to, size))
LOOKS(char *, realpath, (const char *path, char *to), path, (path, to))

/* ── an interpreter may be started by a script ── */

OWN int execve(const char *path, char *const argv[], char *const envp[]) {
  NEXT(execve);
  if (!stop_at) return next(path, argv, envp);
  size_t count = 0, own = sizeof settings / sizeof *settings;
  while (envp[count]) count++;
  char *all[count + own + 1];
  memcpy(all, envp, count * sizeof *all);
  for (size_t i = 0; i < own; i++) all[count + i] = settings[i];
  all[count + own] = NULL;
  return next(path, argv, all);
}

OWN int execv(const char *path, char *const argv[]) { return execve(path, argv, environ); }

OWN int execvp(const char *name, char *const argv[]) {
  NEXT(execvp);
  if (!stop_at) return next(name, argv);
  if (strchr(name, '/')) return execve(name, argv, environ);
  for (const char *folder = getenv("PATH"); folder && *folder; folder += strspn(folder, ":")) {
    char path[KEEP_SMALL];
    size_t length = strcspn(folder, ":");
    snprintf(path, sizeof path, "%.*s/%s", (int)length, folder, name);
    execve(path, argv, environ);
    folder += length;
  }
  return -1;
}
