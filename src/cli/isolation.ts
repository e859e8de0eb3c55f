/** Says how programs are kept away from the machine, and when that is weaker than it could be. */
import { findLanguage, type IsolationChoice, type Sandbox } from '../execute/index.js'
import type { Isolation } from '../kernel/index.js'

export function isolationText({ level, tier, server }: Isolation): string {
  if (level === 'native') return `native, tier ${tier}`
  return server ? `${level} (${tier} at ${server})` : `${level} (${tier})`
}

/** One sentence for each language that runs in WebAssembly only because its native toolchain or isolation is missing. */
export async function fallbackNotes(
  sandbox: Sandbox,
  languages: Iterable<string>,
  choice: IsolationChoice,
): Promise<string[]> {
  if (choice !== 'auto') return []
  const notes: string[] = []
  for (const name of new Set(languages)) {
    const language = findLanguage(name)
    const isolation = await sandbox.isolationOf(language.name).catch(() => null)
    if (!language.native || isolation?.level !== 'wasm') continue
    const why = sandbox.withoutNative ?? `its native toolchain was not found; cupel setup ${language.name} installs it`
    notes.push(`${language.name} falls back to wasm: ${why}`)
  }
  return notes
}
