/*
 * The seccomp filter: an allow-list (syscalls.h) as a search tree. Installing costs by length, so a job does not install
 * all of it. The server, when it starts, installs the list with what it needs itself allowed besides; its children
 * inherit that and add a short filter that refuses just those calls. The kernel takes the stricter answer of the two,
 * which is the one filter's that would have been installed otherwise.
 *
 * Tier B' refuses more: what Landlock does not know of, and what a pid namespace would have kept in. There the server
 * needs much that its jobs may not have, so it installs nothing for itself and a job installs the whole list.
 */

/* Up to CHECK_PRLIMIT: what the server itself does without conditions, so that a job's own filter has to check it. */
enum {
  DENY, ALLOW, CHECK_CLONE, CHECK_SOCKET_OPTION, CHECK_SETRLIMIT, CHECK_PRLIMIT,
  CHECK_SOCKET, CHECK_IOCTL, CHECK_PERSONALITY, CHECK_FCNTL, CHECK_PAIR, CHECK_SELF, CHECK_PRIORITY, CHECK_OWN_PRLIMIT, CHECK_PRCTL,
  NOSYS, NOTSUP, NOTHING, CHECKS, SERVERS
};

struct rule { int nr, action; };

/* younger than some C libraries; the numbers are the same on every architecture */
#ifndef __NR_pidfd_send_signal
#define __NR_pidfd_send_signal 424
#endif
#ifndef __NR_pidfd_open
#define __NR_pidfd_open 434
#endif
#ifndef __NR_close_range
#define __NR_close_range 436
#endif
#ifndef __NR_openat2
#define __NR_openat2 437
#endif
#ifndef __NR_faccessat2
#define __NR_faccessat2 439
#endif
#ifndef __NR_epoll_pwait2
#define __NR_epoll_pwait2 441
#endif
#ifndef __NR_futex_waitv
#define __NR_futex_waitv 449
#endif
#ifndef __NR_fchmodat2
#define __NR_fchmodat2 452
#endif

static const struct rule rules[] = {
#define A(name) {__NR_##name, ALLOW},
#include "syscalls.h"
#undef A
    {__NR_clone, CHECK_CLONE},
    {__NR_clone3, NOSYS}, /* its flags are behind a pointer: libc falls back to clone */
    {__NR_socket, CHECK_SOCKET},
    {__NR_socketpair, CHECK_SOCKET},
    {__NR_ioctl, CHECK_IOCTL},
    {__NR_personality, CHECK_PERSONALITY},
    {__NR_fcntl, CHECK_FCNTL},
    {__NR_setsockopt, CHECK_SOCKET_OPTION},
    {__NR_setrlimit, CHECK_SETRLIMIT},
    {__NR_prlimit64, CHECK_PRLIMIT},
    {__NR_unshare, SERVERS}, {__NR_setns, SERVERS}, {__NR_mount, SERVERS}, {__NR_umount2, SERVERS},
    {__NR_setgroups, SERVERS},
};

/* In tier B' these are other than above. */
static const struct rule confined_rules[] = {
    /* out of the process group by which a job is found and ended */
    {__NR_setsid, DENY}, {__NR_setpgid, DENY},
    /* they need no right to open the file */
    {__NR_inotify_init1, DENY}, {__NR_inotify_add_watch, DENY}, {__NR_getxattr, NOTSUP}, {__NR_lgetxattr, NOTSUP}, {__NR_listxattr, NOTSUP}, {__NR_llistxattr, NOTSUP},
    /* the machine's sockets have names in its file system, and descriptors under way would be out of sight */
    {__NR_socket, DENY}, {__NR_socketpair, CHECK_PAIR}, {__NR_connect, DENY}, {__NR_bind, DENY}, {__NR_listen, DENY}, {__NR_accept, DENY}, {__NR_accept4, DENY},
    {__NR_sendmsg, DENY}, {__NR_sendmmsg, DENY},
    /* these take the number of any process of the same user */
    {__NR_prlimit64, CHECK_OWN_PRLIMIT}, {__NR_sched_setaffinity, CHECK_SELF}, {__NR_sched_setscheduler, CHECK_SELF}, {__NR_sched_setparam, CHECK_SELF},
    {__NR_setpriority, CHECK_PRIORITY},
    {__NR_prctl, CHECK_PRCTL},
#ifdef __x86_64__
    {__NR_inotify_init, DENY},
#endif
};

/*
 * Landlock leaves these to whoever owns a file, and that is the user if a job has no uid of its own. They do nothing
 * then, as on a file system that keeps no modes and times: an error would end every program that copies a file.
 */
static const struct rule owner_rules[] = {
    {__NR_fchmod, NOTHING}, {__NR_fchmodat, NOTHING}, {__NR_fchmodat2, NOTHING}, {__NR_utimensat, NOTHING}, {__NR_fchown, DENY}, {__NR_fchownat, DENY},
#ifdef __x86_64__
    {__NR_chmod, NOTHING}, {__NR_utime, NOTHING}, {__NR_utimes, NOTHING}, {__NR_futimesat, NOTHING}, {__NR_chown, DENY}, {__NR_lchown, DENY},
#endif
};

static void change_rules(struct rule *all, int count, const struct rule *changes, int changed) {
  for (int i = 0; i < count; i++)
    for (int j = 0; j < changed; j++)
      if (all[i].nr == changes[j].nr) all[i].action = changes[j].action;
}

/* The whole list; the list with the server's calls allowed; nothing but the server's calls, refused. */
enum part { WHOLE, FOR_SERVER, FOR_JOBS };

static int by_number(const void *a, const void *b) { return ((const struct rule *)a)->nr - ((const struct rule *)b)->nr; }

static struct { int from, action; } interval[600];
static int intervals;

static void emit(struct sock_filter *out, unsigned short code, unsigned char jt, unsigned char jf, uint32_t k) {
  *out = (struct sock_filter){code, jt, jf, k};
}

/* Writes the tree for interval[lo..hi); leaves are placeholders that later jump to the block of their action. */
static int emit_tree(struct sock_filter *out, int lo, int hi) {
  if (hi - lo == 1) {
    emit(out, 0xffff, 0, 0, interval[lo].action);
    return 1;
  }
  int mid = (lo + hi) / 2;
  int left = emit_tree(out + 1, lo, mid);
  int right = emit_tree(out + 1 + left, mid, hi);
  if (left > 255) { errno = E2BIG; fail("seccomp tree"); }
  emit(out, BPF_JMP | BPF_JGE | BPF_K, left, 0, interval[mid].from);
  return 1 + left + right;
}

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#error "the native isolation knows x86-64 and arm64"
#endif

#define BRANCH_FLAGS (CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_PARENT | SIGCHLD)

static void build_part(enum part part, int branching) {
  static struct rule sorted[sizeof rules / sizeof rules[0]];
  int n = 0, next = 0, others = part == FOR_JOBS ? ALLOW : DENY;
  for (unsigned i = 0; i < sizeof rules / sizeof rules[0]; i++) {
    int action = rules[i].action, servers = action == SERVERS || (action >= CHECK_CLONE && action <= CHECK_PRLIMIT);
    if (part == FOR_JOBS && !servers) continue;
    if (part == FOR_SERVER && servers) action = ALLOW;
    sorted[n++] = (struct rule){rules[i].nr, action == SERVERS ? DENY : action};
  }
  if (setup.tier == TIER_CONFINED) change_rules(sorted, n, confined_rules, sizeof confined_rules / sizeof confined_rules[0]);
  if (setup.tier == TIER_CONFINED && !setup.first_uid) change_rules(sorted, n, owner_rules, sizeof owner_rules / sizeof owner_rules[0]);
  qsort(sorted, n, sizeof sorted[0], by_number);
  intervals = 0;
  interval[intervals].from = 0, interval[intervals++].action = others;
  for (int i = 0; i < n; i++) {
    if (sorted[i].nr < next) continue; /* named twice */
    if (sorted[i].nr > next && interval[intervals - 1].action != others)
      interval[intervals].from = next, interval[intervals++].action = others;
    if (interval[intervals - 1].from == sorted[i].nr) interval[intervals - 1].action = sorted[i].action;
    else if (interval[intervals - 1].action != sorted[i].action)
      interval[intervals].from = sorted[i].nr, interval[intervals++].action = sorted[i].action;
    next = sorted[i].nr + 1;
  }
  interval[intervals].from = next, interval[intervals++].action = others;

  struct sock_filter *f = calloc(2048, sizeof *f), *p = f;
  const uint32_t deny = SECCOMP_RET_ERRNO | EPERM, nosys = SECCOMP_RET_ERRNO | ENOSYS, notsup = SECCOMP_RET_ERRNO | ENOTSUP;
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, arch));
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, NATIVE_ARCH);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS);
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr));
  struct sock_filter *tree = p;
  p += emit_tree(p, 0, intervals);
  struct sock_filter *block[CHECKS];
  const uint32_t arg0 = offsetof(struct seccomp_data, args[0]), arg1 = offsetof(struct seccomp_data, args[1]);
  const uint32_t arg2 = offsetof(struct seccomp_data, args[2]), nothing_done = SECCOMP_RET_ERRNO | 0;

  block[CHECK_CLONE] = p; /* no new namespaces, but for the one way in which a session branches (branch.h) */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg0);
  if (branching) {
    emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, BRANCH_FLAGS);
    emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  }
  emit(p++, BPF_JMP | BPF_JSET | BPF_K, 0, 1, CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET);
  emit(p++, BPF_RET | BPF_K, 0, 0, deny);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  block[CHECK_SOCKET_OPTION] = p; /* buffers stay as small as serve.h counts them */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg1);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 4, SOL_SOCKET);
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg2);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, SO_SNDBUF);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SO_SNDBUFFORCE);
  emit(p++, BPF_RET | BPF_K, 0, 0, nothing_done);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  block[CHECK_SETRLIMIT] = p; /* the core limit of 1 stays: with any other a crash starts the host's handler */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg0);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, RLIMIT_CORE);
  emit(p++, BPF_RET | BPF_K, 0, 0, nothing_done);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  if (setup.tier == TIER_CONFINED) { /* of this very process, and then as everywhere */
    block[CHECK_OWN_PRLIMIT] = p;
    emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg0);
    emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0);
    emit(p++, BPF_RET | BPF_K, 0, 0, deny);
  }
  block[CHECK_PRLIMIT] = p; /* the same; asking is fine */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg1);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 5, RLIMIT_CORE);
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg2);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 2, 0);
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg2 + 4);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0);
  emit(p++, BPF_RET | BPF_K, 0, 0, nothing_done);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  block[CHECK_SOCKET] = p; /* only AF_UNIX, only stream, datagram and seqpacket by construction of that family */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg0);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, AF_UNIX);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  if (setup.networked) { /* streams to the loopback, where the relay is (relay.h) */
    emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 4, AF_INET);
    emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg1);
    emit(p++, BPF_ALU | BPF_AND | BPF_K, 0, 0, 0xf);
    emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SOCK_STREAM);
    emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  }
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EAFNOSUPPORT);
  block[CHECK_IOCTL] = p; /* nothing that types into a terminal */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg1);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, TIOCSTI);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, TIOCLINUX);
  emit(p++, BPF_RET | BPF_K, 0, 0, deny);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  block[CHECK_PERSONALITY] = p; /* asking is fine, and so is the default; turning ASLR off is not */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg0);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0xffffffff);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  emit(p++, BPF_RET | BPF_K, 0, 0, deny);

  block[CHECK_FCNTL] = p; /* no lease on a file of the host, no watch of its folders */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg1);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, F_SETLEASE);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, F_NOTIFY);
  emit(p++, BPF_RET | BPF_K, 0, 0, deny);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);

  block[CHECK_PAIR] = p; /* connected from the start, for good, and to each other: no datagrams, which can be sent anywhere */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg0);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 5, AF_UNIX);
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg1);
  emit(p++, BPF_ALU | BPF_AND | BPF_K, 0, 0, 0xf);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, SOCK_STREAM);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SOCK_SEQPACKET);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EAFNOSUPPORT);
  block[CHECK_PRIORITY] = p; /* of this very process */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg1);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 3, 0);
  block[CHECK_SELF] = p;
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg0);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  emit(p++, BPF_RET | BPF_K, 0, 0, deny);
  block[CHECK_PRCTL] = p; /* what cannot be looked at cannot be measured */
  emit(p++, BPF_LD | BPF_W | BPF_ABS, 0, 0, arg0);
  emit(p++, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, PR_SET_DUMPABLE);
  emit(p++, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  emit(p++, BPF_RET | BPF_K, 0, 0, deny);

  for (struct sock_filter *leaf = tree; leaf < block[CHECK_CLONE]; leaf++) {
    if (leaf->code != 0xffff) continue;
    int action = leaf->k;
    if (action == DENY) emit(leaf, BPF_RET | BPF_K, 0, 0, deny);
    else if (action == ALLOW) emit(leaf, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
    else if (action == NOSYS) emit(leaf, BPF_RET | BPF_K, 0, 0, nosys);
    else if (action == NOTHING) emit(leaf, BPF_RET | BPF_K, 0, 0, nothing_done);
    else if (action == NOTSUP) emit(leaf, BPF_RET | BPF_K, 0, 0, notsup);
    else emit(leaf, BPF_JMP | BPF_JA, 0, 0, block[action] - leaf - 1);
  }
  free(filter);
  filter = f;
  filter_length = (part == FOR_JOBS ? block[CHECK_SOCKET] : p) - f; /* the other checks are the server's filter's */
}

static int install_filter(void) {
  struct sock_fprog program = {filter_length, filter};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/* Makes `filter` what a child has still to install. */
static void build_filter(int branching) {
  static int servers_installed;
  if (setup.tier == TIER_CONFINED) servers_installed = -1;
  if (!servers_installed) {
    build_part(FOR_SERVER, 0);
    servers_installed = install_filter() ? -1 : 1;
  }
  build_part(servers_installed > 0 ? FOR_JOBS : WHOLE, branching);
}
