/**
 * Tries every system call from inside a job. What a job may do is in two filters, the server's and the job's own: here
 * is checked that together they refuse exactly what is not in the list (syscalls.h).
 */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Sandbox } from '../sandbox.js'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native', workers: 1 })
})
afterAll(() => sandbox.close())

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
/** The list, and the numbers that older C libraries have no name for. */
const list = [...(read('./filter.h').match(/#ifndef __NR_\w+\n#define .*\n#endif\n/g) ?? []), read('./syscalls.h')]
const limits = { cpuSeconds: 20, processes: 64 }

/** Prints the numbers the list names, and what each number from 0 on gives: an errno, or 0. */
const everyCall = `
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
static const int listed[] = {
#define A(name) __NR_##name,
#include "syscalls.h"
#undef A
};
int main(void) {
  printf("{\\"listed\\": ");
  for (unsigned i = 0; i < sizeof listed / sizeof *listed; i++) printf("%s%d", i ? ", " : "[", listed[i]);
  printf("], \\"clone\\": %d, \\"clone3\\": %d, \\"answers\\": [", __NR_clone, __NR_clone3);
  fflush(stdout);
  for (long number = 0; number < 600; number++) {
    int out[2], answer = 0;
    if (pipe(out)) return 1;
    pid_t child = fork();
    if (!child) {
      pid_t own = getpid();
      alarm(1); /* a call that waits was let through */
      errno = 0;
      long result = syscall(number, -1L, -1L, -1L, -1L, -1L, -1L);
      answer = result == -1 ? errno : 0;
      if (getpid() == own) write(out[1], &answer, sizeof answer);
      _exit(0);
    }
    close(out[1]);
    read(out[0], &answer, sizeof answer); /* one that ends its process or never returns leaves the 0 */
    close(out[0]);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    printf("%s%d", number ? ", " : "", answer);
  }
  puts("]}");
}
`

/** uretprobe and uprobe: Linux asks no filter about them, and ends a process that calls them by itself. */
const unasked = process.arch === 'x64' ? [335, 336] : []
const EPERM = 1
const ENOSYS = 38
const EAFNOSUPPORT = 97

async function answersInC() {
  const files = { 'main.c': everyCall, 'syscalls.h': list.join('') }
  const done = await sandbox.run({ language: 'c', files, entry: 'main.c' }, limits)
  expect(done, done.stderr).toMatchObject({ outcome: 'ok' })
  return JSON.parse(done.stdout) as { listed: number[]; clone: number; clone3: number; answers: number[] }
}

it('refuses exactly the system calls that are not in the list', async () => {
  const { listed, clone, clone3, answers } = await answersInC()
  const conditional = new Set(answers.flatMap((answer, number) => (answer === EAFNOSUPPORT ? [number] : [])))
  expect(conditional.size, 'socket and socketpair').toBe(2)
  const refused = answers.flatMap((answer, number) => (answer === EPERM ? [number] : []))
  const allowed = answers.flatMap((answer, number) => (answer === EPERM || number === clone3 ? [] : [number]))
  expect(refused).toContain(clone) // with every flag there is
  expect(answers[clone3]).toBe(ENOSYS)
  const known = new Set([...listed, ...conditional])
  expect(refused.filter((number) => known.has(number))).toEqual([])
  const others = allowed.filter((number) => !known.has(number) && !unasked.includes(number))
  expect(others, 'setsockopt, ioctl, fcntl, personality, setrlimit, prlimit64').toHaveLength(6)
})

it('refuses the same in a child of the warm interpreter', async () => {
  const { answers } = await answersInC()
  const refused = answers.flatMap((answer, number) => (answer === EPERM ? [number] : []))
  const source = `
import ctypes, json, sys
call = ctypes.CDLL(None, use_errno=True).syscall
call.argtypes = [ctypes.c_long] * 7
def answer(number):
    ctypes.set_errno(0)
    return ctypes.get_errno() if call(number, *[-1] * 6) == -1 else 0
print(json.dumps([answer(number) for number in json.load(sys.stdin)]))`
  const program = { language: 'python', files: { 'main.py': source }, entry: 'main.py', stdin: JSON.stringify(refused) }
  const done = await sandbox.run(program, limits)
  expect(done, done.stderr).toMatchObject({ outcome: 'ok' })
  expect(JSON.parse(done.stdout)).toEqual(refused.map(() => EPERM))
  expect(refused.length).toBeGreaterThan(200)
})
