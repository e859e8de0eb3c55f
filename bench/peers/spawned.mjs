/** A peer without isolation: spawns the command and rejects unless it prints 1. */
import { spawn } from 'node:child_process'

export function spawned(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    let out = ''
    child.stdout.on('data', (part) => {
      out += part
    })
    child.on('error', reject)
    child.on('close', (code) =>
      out === '1\n' ? resolve() : reject(new Error(`${command} ended with ${code}: ${out}`)),
    )
  })
}
