/** What is known of how can-ai-code's own harness read programs: only to say why a recorded verdict is another one. */

/** The first function as a regular expression sees it: anywhere, in a comment too, and on one line. */
export function atFirstSight(language: string, code: string): { name: string; parameters: string[] } | null {
  const patterns =
    language === 'python'
      ? [/def[ \t]+(\w+)\s*\((.{0,1000})\).{0,1000}:/]
      : [/function\*?\s+([\w$]+)\s*\((.{0,1000})\).{0,1000}\{/, /\s([\w$]+)\s*=\s*\((.{0,1000})\).{0,1000}=>\s*\{/]
  for (const pattern of patterns) {
    const [, name, list = ''] = pattern.exec(code) ?? []
    if (name)
      return {
        name,
        parameters: list
          .split(',')
          .filter(Boolean)
          .map((one) => one.trim().split(':')[0] as string),
      }
  }
  return null
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** As Bash's `echo -e` writes it, which is how the program came into its file. */
export function asEchoed(code: string): string {
  return code.replace(/\\([\\abefnrtv])/g, (_, letter: string) => escapes[letter] as string)
}
