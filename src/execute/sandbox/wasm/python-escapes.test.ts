/** Ways out of Pyodide, each tried for real; `{outside}` is a file of the host, `{port}` a server that listens. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testIsolation, testLimits } from './fixture.js'
import { probeHardening } from './flags.js'
import { type PythonChildren, pythonChildren, runPython } from './python.js'

const secret = 'the-secret-of-the-host'
let children: PythonChildren
let folder: string
let server: Server
let connections = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-escape-'))
  writeFileSync(join(folder, 'secret.txt'), secret)
  process.env.CUPEL_TEST_SECRET = secret
  server = createServer((socket) => {
    connections++
    socket.end(secret)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  children = await pythonChildren((await probeHardening()).flags, 1)
}, 120_000)
afterAll(async () => {
  delete process.env.CUPEL_TEST_SECRET
  await Promise.all([children.runners.close(), children.examiners.close()])
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

const proxy =
  'import sys, importlib\nfor n in ("pyodide.ffi", "_pyodide_core", "pyodide_js", "js"): sys.modules.pop(n, None)\nfrom pyodide.ffi import to_js\np = to_js([1])\n'
const escapes: [string, string][] = [
  ['js.process', 'import js\nprint(js.process.env, js.process.pid)'],
  [
    'js after forgetting the block',
    'import sys\nfor n in list(sys.modules):\n    if sys.modules[n] is None: del sys.modules[n]\nimport js\nprint(js.process)',
  ],
  ['Function by a proxy', `${proxy}print(p.constructor.constructor("return process")().pid)`],
  ['fetch by a proxy', `${proxy}print(p.constructor.constructor("return fetch")()("http://127.0.0.1:{port}"))`],
  [
    'run_js',
    'import sys\nsys.modules.pop("pyodide.code", None); sys.modules.pop("pyodide", None)\nfrom pyodide.code import run_js\nprint(run_js("globalThis.process.pid"))',
  ],
  [
    'run_js by the core',
    'import sys\nfor n in list(sys.modules):\n    if sys.modules[n] is None: del sys.modules[n]\nimport _pyodide_core\nprint(_pyodide_core.run_js("1+1"))',
  ],
  [
    'mountNodeFS',
    'import sys\nfor n in list(sys.modules):\n    if sys.modules[n] is None: del sys.modules[n]\nimport pyodide_js\npyodide_js.mountNodeFS("/h", "{folder}")\nprint(open("/h/secret.txt").read())',
  ],
  [
    'NODEFS by the module',
    'import sys\nfor n in list(sys.modules):\n    if sys.modules[n] is None: del sys.modules[n]\nimport pyodide_js\nm = pyodide_js._module\nm.FS.mkdir("/h")\nm.FS.mount(m.FS.filesystems.NODEFS, m.FS.createNode, "/h")\nprint(open("/h/{outside}").read())',
  ],
  [
    'loadPackage',
    'import sys\nfor n in list(sys.modules):\n    if sys.modules[n] is None: del sys.modules[n]\nimport pyodide_js\npyodide_js.loadPackage("http://127.0.0.1:{port}/x-1.0-py3-none-any.whl")\nimport time; time.sleep(0.3)',
  ],
  ['micropip', 'import micropip'],
  ['os.system', 'import os\nprint(os.system("cat {outside}"))'],
  ['subprocess', 'import subprocess\nprint(subprocess.run(["cat", "{outside}"], capture_output=True))'],
  ['os.popen', 'import os\nprint(os.popen("cat {outside}").read())'],
  ['fork', 'import os\nif os.fork() == 0: print("child")'],
  ['exec', 'import os\nos.execv("/bin/cat", ["cat", "{outside}"])'],
  ['host file', 'print(open("{outside}").read())'],
  [
    'host environment',
    'import os\nprint(os.environ, os.getenv("CUPEL_TEST_SECRET"), open("/proc/self/environ").read())',
  ],
  ['write to the host', 'open("{folder}/written.txt", "w").write("x")'],
  ['kill the parent', 'import os\nos.kill(os.getppid(), 9)\nos.kill({parent}, 9)'],
  ['socket', 'import socket\ns = socket.create_connection(("127.0.0.1", {port}), timeout=1)\nprint(s.recv(100))'],
  [
    'socket, no blocking',
    'import socket, time\ns = socket.socket()\ns.setblocking(False)\ntry: s.connect(("127.0.0.1", {port}))\nexcept OSError as e: print(e)\ntime.sleep(0.3)\nprint(s.recv(100))',
  ],
  ['urllib', 'import urllib.request\nprint(urllib.request.urlopen("http://127.0.0.1:{port}", timeout=1).read())'],
  ['ctypes', 'import ctypes\nprint(ctypes.CDLL(None).system(b"cat {outside}"))'],
  [
    'by frames of ours',
    'import sys\nf = sys._getframe()\nwhile f:\n    for k, v in list(f.f_globals.items()) + list(f.f_locals.items()):\n        if type(v).__name__ == "JsProxy": print("JsProxy", k, v.constructor.constructor("return process")())\n    f = f.f_back',
  ],
  [
    'by all objects',
    'import gc\nfor o in gc.get_objects():\n    if type(o).__name__ == "JsProxy":\n        try: print(o.constructor.constructor("return process")().pid)\n        except BaseException as e: pass',
  ],
  [
    'patched intrinsics',
    `${proxy}def catch(*a): print("caught", a)\nfrom pyodide.ffi import create_proxy\nA = p.constructor\ntry: A.prototype.push = create_proxy(catch)\nexcept BaseException as e: print(type(e))\nimport time; time.sleep(0)`,
  ],
]

describe('escapes', () => {
  it.each(escapes)('%s', async (_name, template) => {
    const { port } = server.address() as { port: number }
    const outside = join(folder, 'secret.txt')
    const code = template
      .replaceAll('{outside}', outside)
      .replaceAll('{folder}', folder)
      .replaceAll('{port}', String(port))
      .replaceAll('{parent}', String(process.pid))
    const before = connections
    const done = await runPython(
      children.runners,
      { language: 'python', files: { 'main.py': code }, entry: 'main.py' },
      testLimits,
      testIsolation,
    )
    const told = `${done.stdout}\n${done.stderr}`
    expect(told).not.toContain(secret)
    expect(done.stdout).not.toMatch(/^\d{2,}$|child|caught/m)
    expect(connections, told).toBe(before)
    expect(readdirSync(folder)).toEqual(['secret.txt'])
    // What was tried was refused, and not silently skipped.
    expect(done.outcome === 'ok' ? done.stdout : done.stderr + (done.reason ?? ''), JSON.stringify(done)).toMatch(
      _name === 'write to the host' ||
        _name === 'by frames of ours' ||
        _name === 'by all objects' ||
        _name === 'kill the parent'
        ? /[\s\S]*/
        : /\S/,
    )
  })
})
