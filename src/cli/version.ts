/** The version of this Cupel. */
import { readFileSync } from 'node:fs'

export function cupelVersion(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version
}
