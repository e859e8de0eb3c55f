// tries: to keep memory, semaphores and messages in the kernel after its end
// expect: ok
#define _GNU_SOURCE
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  if (shmget(0x4355, 1 << 20, IPC_CREAT | 0666) >= 0) puts("ESCAPED: shared memory");
  if (semget(0x4355, 1, IPC_CREAT | 0666) >= 0) puts("ESCAPED: semaphore");
  if (msgget(0x4355, IPC_CREAT | 0666) >= 0) puts("ESCAPED: message queue");
  if (syscall(SYS_mq_open, "left", O_CREAT | O_RDWR, 0600, NULL) >= 0) puts("ESCAPED: named message queue");
  puts("held");
}
