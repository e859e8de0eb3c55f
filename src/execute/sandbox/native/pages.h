/*
 * The pages that every child of a warm interpreter touches, given to it in few calls instead of one fault for each. They
 * are learnt from the first job of a server, which is Cupel's own check of it; what later jobs do changes nothing.
 */

#define MAX_RANGES 4096
#define MAX_HOT_PAGES 8192

struct range { char *from; size_t size; int advice; };
struct ranges { int count; struct range range[MAX_RANGES]; };
static struct ranges *learnt; /* shared with the child that learns, until it has */
static struct ranges hot;

static void learn_from_next(void) {
  learnt = mmap(NULL, sizeof *learnt, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (learnt == MAP_FAILED) fail("mmap");
}

static void add_page(struct ranges *to, char *page, size_t size, int advice) {
  struct range *last = &to->range[to->count - 1];
  if (to->count && last->from + last->size == page && last->advice == advice) last->size += size;
  else if (to->count < MAX_RANGES) to->range[to->count++] = (struct range){page, size, advice};
}

/* In the child that learns, before it tears anything down: its own copies, and what it looked at in files. */
static void note_pages(void) {
  const uint64_t present = 1ull << 63, of_file = 1ull << 61, only_ours = 1ull << 56;
  FILE *maps = fopen("/proc/self/maps", "r");
  int table = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  char line[KEEP_SMALL], mode[8];
  static uint64_t page[8192];
  unsigned long from, to, inode;
  size_t size = sysconf(_SC_PAGESIZE);
  while (maps && table >= 0 && fgets(line, sizeof line, maps)) {
    if (sscanf(line, "%lx-%lx %4s %*s %*s %lu", &from, &to, mode, &inode) != 4) continue;
    if (mode[0] != 'r' || mode[3] != 'p' || strstr(line, "[v") || strstr(line, "[stack")) continue;
    int writable = mode[1] == 'w';
    if (!writable && !inode) continue;
    while (from < to) {
      size_t count = (to - from) / size < 8192 ? (to - from) / size : 8192;
      ssize_t n = pread(table, page, count * 8, from / size * 8);
      for (ssize_t i = 0; i < n / 8; i++)
        if (writable ? (page[i] & present) && (page[i] & only_ours) && !(page[i] & of_file) : (page[i] & present) != 0)
          add_page(learnt, (char *)from + i * size, size, writable ? 23 /* MADV_POPULATE_WRITE */ : 22 /* MADV_POPULATE_READ */);
      from += count * size;
    }
  }
  if (maps) fclose(maps);
  if (table >= 0) close(table);
}

/* In the server, after that job: nobody else may write there. */
static void take_what_was_learnt(void) {
  size_t pages = 0;
  hot = *learnt;
  munmap(learnt, sizeof *learnt);
  learnt = NULL;
  if (hot.count < 0 || hot.count > MAX_RANGES) hot.count = 0;
  for (int i = 0; i < hot.count; i++) pages += hot.range[i].size / sysconf(_SC_PAGESIZE);
  if (pages > MAX_HOT_PAGES) hot.count = 0;
}

/* In a child. Where the kernel does not know how (before 5.14), it faults instead. */
static void touch_pages(void) {
  for (int i = 0; i < hot.count; i++)
    if (madvise(hot.range[i].from, hot.range[i].size, hot.range[i].advice)) return;
}
