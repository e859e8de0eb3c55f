/*
 * The keeper: the one process of a server that stays outside the sandbox, with the rights of whoever started Cupel. It
 * makes the leaf and the private folder, waits, and takes both away again whatever happens to the server or to Cupel.
 *
 * Does not cover: its own SIGKILL. The server dies with it, but leaf and folder stay until the next keeper sweeps; and
 * in tier B', which has no pid namespace, so do processes that a job had put into the background at that moment.
 */

static pid_t server_pid;

/* Tier B': what the server was running has become ours. Every process of a job is in the group of its first one. */
static void kill_children(void) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
  for (;;) {
    FILE *f = fopen(path, "re");
    for (int pid; f && fscanf(f, "%d", &pid) == 1;) {
      pid_t group = getpgid(pid);
      if (group > 1 && group != getpgrp()) kill(-group, SIGKILL);
      kill(pid, SIGKILL);
    }
    if (f) fclose(f);
    pid_t reaped;
    while ((reaped = waitpid(-1, NULL, WNOHANG | __WALL)) > 0) {}
    if (reaped < 0) return;
    usleep(1000);
  }
}

static void clean_up(void) {
  if (server_pid > 0) kill(server_pid, SIGKILL);
  kill_children();
  remove_leaves(leaf_number - 1), remove_leaves(leaf_number);
  remove_scratch();
}

/*
 * The server wants a leaf without a past, because this kernel cannot start the peak of an old one anew; or it has moved
 * to the new one, and the old one can go.
 */
static void hear_wish(int server) {
  char wish;
  if (recv(server, &wish, 1, MSG_DONTWAIT) != 1) return;
  if (wish == LEAF_LEFT) { remove_leaves(leaf_number - 1); return; }
  make_leaf();
  int fds[LEAF_FILES], count = 0;
  for (int i = 0; i < LEAF_FILES; i++)
    if (has_leaf_file(i)) fds[count++] = LEAF_FD + i;
  send_with_fds(server, &setup.leaf, sizeof setup.leaf, fds, count);
  for (int i = 0; i < count; i++) close(fds[i]);
}

static void write_text(pid_t pid, const char *name, const char *text) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) fail(name);
  close(fd);
}

/* Only a process outside the new user namespace may map more than its own uid into it. */
static void map_users(pid_t pid) {
  char uids[64], gids[64];
  if (setup.tier == TIER_A) {
    /* a range far above any real account, different for servers that run at the same time */
    snprintf(uids, sizeof uids, "0 %u 65536", far_uids());
    snprintf(gids, sizeof gids, "%s", uids);
  } else {
    write_text(pid, "setgroups", "deny");
    snprintf(uids, sizeof uids, "0 %u 1", geteuid());
    snprintf(gids, sizeof gids, "0 %u 1", getegid());
  }
  write_text(pid, "uid_map", uids);
  write_text(pid, "gid_map", gids);
  /* anybody may write it once, and what is written stays for the jobs that come after */
  write_text(pid, "projid_map", "0 0 1");
}

/* Starts the server, in new namespaces where the tier has them, and keeps it. Returns only in the server. */
static void keep(int namespaces) {
  sigset_t signals, before;
  sigfillset(&signals);
  sigprocmask(SIG_BLOCK, &signals, &before); /* what a terminal sends is for Cupel to act on */
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD), sigaddset(&signals, SIGTERM);
  int events = signalfd(-1, &signals, SFD_CLOEXEC), pair[2], ready[2];
  if (events < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) || pipe2(ready, O_CLOEXEC)) fail("keeper");

  before_failing = clean_up;
  sweep_leaves(), sweep_scratch();
  if (setup.cgroup) make_leaf();
  if (setup.tier == TIER_CONFINED) confine();
  int memory = memfd_create("setup", 0);
  if (memory < 0 || write_full(memory, &setup, sizeof setup)) fail("setup");
  if (dup2(memory, SETUP_FD) < 0 || dup2(pair[1], KEEPER_FD) < 0) fail("dup2");

  pid_t pid = syscall(SYS_clone, namespaces | SIGCHLD, 0, 0, 0, 0);
  if (pid < 0) fail(namespaces ? "user namespaces" : "fork");
  if (!pid) {
    char byte;
    before_failing = NULL;
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(ready[1]);
    if (read(ready[0], &byte, 1) != 1) _exit(71);
    return;
  }
  server_pid = pid;
  if (namespaces) map_users(pid);
  if (pwrite(memory, &setup, sizeof setup, 0) != sizeof setup || write(ready[1], "x", 1) != 1) fail("start");
  /* the server's ends: with them open here, nobody would see it go */
  syscall(__NR_close_range, 3u, 3u, 0);
  syscall(__NR_close_range, (unsigned)SETUP_FD, ~0u, 0);
  close(pair[1]), close(ready[0]), close(ready[1]);

  int status = 0;
  for (int ended = 0; !ended;) {
    struct pollfd p[2] = {{events, POLLIN, 0}, {pair[0], POLLIN, 0}};
    if (poll(p, 2, -1) < 0 && errno != EINTR) fail("poll");
    if (p[1].revents & POLLIN) hear_wish(pair[0]);
    else if (p[1].revents) pair[0] = -1;
    if (!p[0].revents) continue;
    struct signalfd_siginfo signal;
    if (read(events, &signal, sizeof signal) != sizeof signal) fail("signals");
    if (signal.ssi_signo == SIGTERM) break;
    int one;
    for (pid_t reaped; (reaped = waitpid(-1, &one, WNOHANG | __WALL)) > 0;)
      if (reaped == server_pid) ended = 1, status = one, server_pid = 0;
  }
  clean_up();
  _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}
