/** Keeps keys out of messages, the cache and logs. */

/**
 * The values of variables that hold a key, a token, a secret or a password, and credentials inside addresses; of all
 * variables, or of one provider's. Values under eight characters are placeholders (`none`, `ollama`).
 */
export function secretsOf(env: Readonly<Record<string, string | undefined>>, provider = ''): string[] {
  const secrets = new Set<string>()
  const prefix = provider.toUpperCase().replaceAll('-', '_')
  for (const [name, value] of Object.entries(env)) {
    const trimmed = value?.trim() ?? ''
    if (trimmed === '' || !name.toUpperCase().startsWith(prefix)) continue
    if (/(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD)$/i.test(name) && trimmed.length >= 8) secrets.add(trimmed)
    if (/_(?:BASE_URL|HOST)$/.test(name)) for (const part of urlSecrets(trimmed)) secrets.add(part)
  }
  // Longest first, so that a key that contains another is replaced whole.
  return [...secrets].sort((a, b) => b.length - a.length)
}

function urlSecrets(value: string): string[] {
  try {
    const url = new URL(value)
    const parts = [url.password, ...url.searchParams.values()]
    return parts.filter((part) => part.length >= 6).flatMap((part) => [part, encodeURIComponent(part)])
  } catch {
    return []
  }
}

export function redact(text: string, secrets: readonly string[]): string {
  let clean = text
  for (const secret of secrets) clean = clean.replaceAll(secret, '[redacted]')
  return clean
}
