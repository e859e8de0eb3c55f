/* What a job may ask of the kernel: the everyday calls of C libraries, interpreters, JITs and compilers. Everything
 * else is refused. Those with conditions (clone, socket, ioctl, …) are in filter.h.
 *
 * Not among them, although harmless at first sight: memfd_create and vmsplice keep memory that no limit sees; inotify
 * tells what other users of the machine start, and its instances are shared with them. */
A(read) A(write) A(close) A(fstat) A(lseek) A(mmap) A(mprotect) A(munmap) A(brk) A(mremap) A(msync) A(mincore) A(madvise)
A(rt_sigaction) A(rt_sigprocmask) A(rt_sigreturn) A(rt_sigpending) A(rt_sigtimedwait) A(rt_sigqueueinfo) A(rt_sigsuspend)
A(rt_tgsigqueueinfo) A(sigaltstack) A(pread64) A(pwrite64) A(readv) A(writev) A(preadv) A(pwritev) A(preadv2) A(pwritev2)
A(sched_yield) A(sched_getparam) A(sched_getscheduler) A(sched_get_priority_max) A(sched_get_priority_min)
A(sched_rr_get_interval) A(sched_setaffinity) A(sched_getaffinity) A(sched_getattr) A(sched_setscheduler) A(sched_setparam)
A(getpriority) A(setpriority) A(dup) A(dup3) A(nanosleep) A(getitimer) A(setitimer) A(getpid) A(sendfile)
A(connect) A(accept) A(accept4) A(sendto) A(recvfrom) A(sendmsg) A(recvmsg) A(sendmmsg) A(recvmmsg) A(shutdown) A(bind)
A(listen) A(getsockname) A(getpeername) A(getsockopt)
A(execve) A(execveat) A(exit) A(exit_group) A(wait4) A(waitid) A(kill) A(tkill) A(tgkill) A(uname) A(flock) A(fsync)
A(fdatasync) A(sync_file_range) A(truncate) A(ftruncate) A(getdents64) A(getcwd) A(chdir) A(fchdir) A(fchmod) A(fchown)
A(umask) A(gettimeofday) A(getrlimit) A(getrusage) A(sysinfo) A(times) A(getuid) A(getgid) A(geteuid)
A(getegid) A(setuid) A(setgid) A(setpgid) A(getppid) A(getpgid) A(setsid) A(getsid) A(setreuid) A(setregid) A(getgroups)
A(setresuid) A(getresuid) A(setresgid) A(getresgid) A(capget) A(capset) A(statfs) A(fstatfs) A(prctl) A(gettid) A(futex)
A(futex_waitv) A(set_tid_address) A(set_robust_list) A(get_robust_list) A(rseq) A(membarrier) A(restart_syscall)
A(timer_create) A(timer_settime) A(timer_gettime) A(timer_getoverrun) A(timer_delete) A(clock_gettime) A(clock_getres)
A(clock_nanosleep) A(epoll_create1) A(epoll_ctl) A(epoll_pwait) A(epoll_pwait2) A(ppoll) A(pselect6) A(eventfd2) A(timerfd_create)
A(timerfd_settime) A(timerfd_gettime) A(signalfd4) A(pipe2)
A(openat) A(openat2) A(mkdirat) A(mknodat) A(fchownat) A(unlinkat) A(renameat) A(renameat2) A(linkat) A(symlinkat) A(readlinkat)
A(fchmodat) A(fchmodat2) A(faccessat) A(faccessat2) A(newfstatat) A(statx) A(utimensat) A(splice) A(tee) A(copy_file_range)
A(fallocate) A(fadvise64) A(readahead) A(getrandom) A(getcpu) A(mlock) A(munlock) A(mlockall) A(munlockall)
A(mlock2) A(close_range) A(pidfd_open) A(pidfd_send_signal) A(getxattr) A(lgetxattr) A(fgetxattr) A(listxattr) A(llistxattr)
A(flistxattr) A(pkey_alloc) A(pkey_free) A(pkey_mprotect)
#ifdef __x86_64__
A(open) A(stat) A(lstat) A(poll) A(access) A(pipe) A(select) A(dup2) A(pause) A(alarm) A(fork) A(vfork) A(getdents) A(rename)
A(mkdir) A(rmdir) A(creat) A(link) A(unlink) A(symlink) A(readlink) A(chmod) A(chown) A(lchown) A(getpgrp) A(arch_prctl)
A(time) A(utime) A(utimes) A(futimesat) A(epoll_create) A(epoll_wait) A(eventfd) A(signalfd) A(mknod)
#endif
