/** A program in a copy of the warm interpreter must end as it does under `python3 main.py`. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Sandbox } from '../sandbox.js'
import { findPython } from './interpreter.js'

let sandbox: Sandbox
let python: string
const folder = mkdtempSync(join(tmpdir(), 'cupel-zygote-'))
beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native', workers: 1 })
  python = (await findPython())?.path ?? ''
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await sandbox.close()
})

const programs: Record<string, string> = {
  'what it is':
    'import sys\nprint(__name__, __doc__, __package__, __spec__, __builtins__, sys.argv[1:], sys.modules["__main__"].sys is sys)',
  'the garbage collector':
    'import gc\nprint(gc.isenabled(), gc.get_threshold(), gc.collect() >= 0, gc.get_debug(), gc.garbage)',
  'a docstring': '"""doc"""\nprint(__doc__)',
  'names of its own': 'x = 1\nimport __main__\nprint(__main__.x, sorted(n for n in globals() if n[0] != "_"))',
  'objects of its own classes in a pickle':
    'import pickle\nclass A:\n  x = 2\nprint(pickle.loads(pickle.dumps(A())).x, pickle.dumps(A))',
  annotations: 'from __future__ import annotations\ndef f(x: nothing): pass\nprint(f.__annotations__)',
  'a source in Latin-1': '# coding: latin-1\nprint(ascii("\u00e9"))',
  'a byte order mark': '\ufeffprint(1)',
  'line ends of DOS': 'if 1:\r\n  print(1)\r\n',
  'standard input': 'import sys\nprint(input(), sys.stdin.readline(), list(sys.stdin), sys.stdin.read() == "")',
  'an end of input': 'while True: print(input())',
  'no exit code': 'import sys\nsys.exit()',
  'exit code 0': 'import sys\nprint(1)\nsys.exit(0)',
  'exit code 3': 'raise SystemExit(3)',
  'exit code -1': 'import sys\nsys.exit(-1)',
  'exit code 256': 'import sys\nsys.exit(256)',
  'an exit with a text': 'import sys\nsys.exit("because")',
  'an exit with an object': 'import sys\nsys.exit((1, 2))',
  'an exit in a function called at the end': 'import atexit, sys\natexit.register(sys.exit, 5)',
  'an error in a function called at the end':
    'import atexit\natexit.register(lambda: 1 / 0)\natexit.register(print, "first")',
  'an uncaught error': 'def f():\n  return {}["x"]\nf()',
  'an error of its own': 'class E(Exception): pass\nraise E("é") from ValueError(1)',
  'a syntax error': 'print(1)\nx = (',
  'a hook for errors': 'import sys\nsys.excepthook = lambda *a: print("hook", a[0].__name__)\n1 / 0',
  'too deep a recursion': 'def f(): f()\ntry: f()\nexcept RecursionError as e: print(e)',
  'an output that is put away': 'import sys\nprint(1)\nsys.stdout.close()',
  'an output that is none': 'import sys\nprint(1)\nsys.stdout.flush()\nsys.stdout = None',
  'an output that is gone': 'import sys\nprint(1, flush=True)\ndel sys.stdout',
  'an output that cannot be written': 'import os\nprint(1)\nos.close(1)',
  'an output that cannot be written, and an exit code': 'import os, sys\nprint(1)\nos.close(1)\nsys.exit(3)',
  'an output that is another': 'import io, sys\nprint(1, flush=True)\nsys.stdout = io.StringIO()\nprint(2)',
  'errors that cannot be written': 'import os, sys\nprint(1)\nsys.stderr.write("x")\nos.close(2)',
  'an output without its line end': 'import sys\nsys.stdout.write("a")\nsys.stderr.write("b")',
  'a thread that goes on':
    'import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.1), print(2))).start()\nprint(1)',
  'a thread that need not':
    'import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\nprint(1)',
  'a thread of the old kind': 'import _thread, time\n_thread.start_new_thread(time.sleep, (60,))\nprint(1)',
  'workers that are never shut down': 'from concurrent.futures import ThreadPoolExecutor as T\nT(2).submit(print, 1)',
  'its end by a signal': 'import os\nprint(1, flush=True)\nos.kill(os.getpid(), 9)',
  'its end without ceremony': 'import os\nprint(1)\nos._exit(4)',
  'a child': 'import os\nprint(1, flush=True)\nif os.fork(): os.wait()\nelse: print(2)',
  'a child that is another program':
    'import subprocess, sys\nprint(subprocess.run([sys.executable, "-c", "print(3)"], capture_output=True).stdout)',
  'several processes':
    'import multiprocessing as m\nif __name__ == "__main__":\n  p = m.Process(target=print, args=(2,))\n  p.start()\n  p.join()\n  print(p.exitcode)',
}

const stdin = 'one\ntwo\nthree\n'

/** The last line says what kind of error it was; those before it name files that are elsewhere here. */
function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? ''
}

it.each(Object.entries(programs))('ends as under python3: %s', async (name, source) => {
  const content = Buffer.from(source, name.includes('Latin-1') ? 'latin1' : 'utf8')
  writeFileSync(join(folder, 'main.py'), content)
  const env = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' }
  const args = ['one', 'two']
  const options = { cwd: folder, input: stdin, env, encoding: 'utf8' as const }
  const expected = spawnSync(python, ['-B', 'main.py', ...args], options)
  const done = await sandbox.run({ language: 'python', files: { 'main.py': content }, entry: 'main.py', args, stdin })
  expect(done.stdout).toBe(expected.stdout)
  expect(done.signal).toBe(expected.signal)
  expect(done.exitCode).toBe(expected.status)
  expect(lastLine(done.stderr)).toBe(lastLine(expected.stderr))
})
