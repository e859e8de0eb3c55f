/* The timers of a warm interpreter: a child of a fork has none, so they are set again as they stood. */

#define MAX_TIMERS 16

static struct timer {
  int id, clock, signal;
  void *value;
  struct itimerspec time;
} timers[MAX_TIMERS];
static int timer_count;
static struct itimerval interval_timers[ITIMER_PROF + 1];

static int by_id(const void *a, const void *b) { return ((const struct timer *)a)->id - ((const struct timer *)b)->id; }

static int note_timers(void) {
  for (int which = ITIMER_REAL; which <= ITIMER_PROF; which++)
    if (getitimer(which, &interval_timers[which])) return -1;
  FILE *in = fopen("/proc/self/timers", "r"); /* not in every kernel, but then nobody can be helped */
  char line[256], way[32];
  struct timer t = {0};
  while (in && fgets(line, sizeof line, in)) {
    sscanf(line, "ID: %d", &t.id);
    sscanf(line, "signal: %d/%p", &t.signal, &t.value);
    if (sscanf(line, "notify: %31[^.]", way) == 1 && strcmp(way, "signal/pid")) { fclose(in); return -1; }
    if (sscanf(line, "ClockID: %d", &t.clock) != 1) continue;
    if (timer_count == MAX_TIMERS || syscall(SYS_timer_gettime, t.id, &t.time)) { fclose(in); return -1; }
    timers[timer_count++] = t;
  }
  if (in) fclose(in);
  qsort(timers, timer_count, sizeof *timers, by_id);
  return 0;
}

/* The kernel numbers the timers of a process from 0. */
static void set_timers(void) {
  for (int i = 0; i < timer_count; i++) {
    struct timer *t = &timers[i];
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = t->signal, .sigev_value.sival_ptr = t->value};
    int id;
    if (syscall(SYS_timer_create, t->clock, &event, &id) || id != t->id || syscall(SYS_timer_settime, id, 0, &t->time, NULL))
      fail("set a timer of the interpreter");
  }
  for (int which = ITIMER_REAL; which <= ITIMER_PROF; which++)
    if (setitimer(which, &interval_timers[which], NULL)) fail("set a timer of the interpreter");
}
