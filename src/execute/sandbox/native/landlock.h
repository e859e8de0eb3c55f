/*
 * Tier B': the files of the machine by Landlock instead of a root of one's own. Read and run what the system and the
 * interpreters are made of, write below one private folder, send signals to nobody outside, reach no abstract socket.
 *
 * Does not cover: that a file exists, its size and its times (stat), the target of a link, and changing folders; they
 * are not among what Landlock knows. Changing modes, owners and times is not either: the system-call filter refuses it.
 */

enum {
  LL_EXECUTE = 1 << 0, LL_WRITE_FILE = 1 << 1, LL_READ_FILE = 1 << 2, LL_READ_DIR = 1 << 3,
  LL_MAKE_CHAR = 1 << 6, LL_MAKE_SOCK = 1 << 9, LL_MAKE_BLOCK = 1 << 11, LL_TRUNCATE = 1 << 14, LL_IOCTL_DEV = 1 << 15,
  LL_ALL = (1 << 16) - 1,
  LL_READ = LL_EXECUTE | LL_READ_FILE | LL_READ_DIR,
  LL_OWN = LL_ALL & ~(LL_MAKE_CHAR | LL_MAKE_SOCK | LL_MAKE_BLOCK | LL_IOCTL_DEV),
};
/* older headers do not have them; the numbers are the same on every architecture */
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
/* the first with signals: Linux 6.12 */
enum { LANDLOCK_NEEDED = 6 };

static int allow(int rules, int fd, uint64_t access) {
  struct { uint64_t access; int32_t fd; } __attribute__((packed)) rule = {access, fd};
  return syscall(ADD_RULE, rules, 1 /* beneath a path */, &rule, 0);
}

/*
 * For the rest of this process's life and that of all that comes from it. Of /proc it may see itself, but its children
 * not themselves: their entries are not there yet. The examiner may write nowhere.
 */
static void restrict_to_places(int examining) {
  struct { uint64_t files, network, scopes; } handled = {LL_ALL, 3 /* bind and connect */, 3 /* abstract sockets and signals */};
  int rules = syscall(CREATE_RULESET, &handled, sizeof handled, 0), self = open("/proc/self", O_PATH | O_CLOEXEC);
  int failed = rules < 0 || self < 0 || allow(rules, self, LL_READ_FILE | LL_READ_DIR);
  for (uint32_t i = 0; i < setup.places && !failed; i++)
    if (!examining || setup.access[i] != LL_OWN) failed = allow(rules, PLACE_FD + i, setup.access[i]);
  if (failed || syscall(RESTRICT_SELF, rules, 0)) fail("landlock");
}
