/** PHP: the stand-in is the body of the prompt's own function, since its head says what is taken by reference. */
import { readFileSync } from 'node:fs'
import { type Embedding, NotEmbeddable } from './embedding.js'
import { closers, leftOpen, openFunction } from './header.js'

const cupel = readFileSync(new URL('php/cupel.php', import.meta.url), 'utf8')

export const php: Embedding = {
  language: 'php',
  examiner({ trusted, script, entryPoint }) {
    const open = openFunction(trusted, 'hashes')
    if (!open) throw new NotEmbeddable(`the prompt does not end inside the function ${entryPoint}`)
    const args = open.parameters.map((one) => {
      const [, rest, name] = /(\.\.\.)?\s*(\$\w+)/.exec(one) ?? []
      return rest ? `...${name}` : `&${name}`
    })
    const call = `return \\CupelReplay\\call('${open.name}', [${args.join(', ')}]);\n${closers(trusted, script, 'hashes')}`
    return {
      'main.php': `${trusted}\n${call}\nrequire_once __DIR__ . '/cupel.php';\n\\mt_srand(1);\n${script}\n`,
      'cupel.php': cupel,
    }
  },
  candidate({ entryPoint }, code) {
    const program = code.trimEnd().replace(/\?>$/, '')
    const serve = `\n\\CupelReplay\\serve(function (&$args) { return ${entryPoint}(...$args); });\n`
    // The calls are read before the program runs, which may read its input too; it finds it empty.
    const first = `<?php\nrequire __DIR__ . '/cupel.php';\n\\CupelReplay\\lines();\nrequire __DIR__ . '/solution.php';\n`
    return { 'main.php': first, 'solution.php': program + serve, 'cupel.php': cupel }
  },
  beside({ script }, code, word) {
    const [program = '', tests = ''] = [code, script].map((text) => text.trimEnd().replace(/\?>$/, ''))
    const main = `<?php\nrequire __DIR__ . '/cupel.php';\n\\CupelReplay\\beside(__DIR__ . '/solution.php');\n`
    const solution = `${leftOpen(program, tests, 'hashes')}\n${tests}\n\\CupelReplay\\out('d ${word} 1');\n`
    return { files: { 'main.php': main, 'solution.php': solution, 'cupel.php': cupel }, tests: 1 }
  },
}
