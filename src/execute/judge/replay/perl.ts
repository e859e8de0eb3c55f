/**
 * Perl: functions are those of the package main, found and stood in for by name. The modules that published tests compare with
 * are not part of Perl; the examiner brings what stands for them.
 */
import { readFileSync } from 'node:fs'
import type { Embedding } from './embedding.js'
import { helpers } from './header.js'

const read = (name: string) => readFileSync(new URL(`perl/${name}`, import.meta.url), 'utf8')
const cupel = read('cupel.pl')
const compared = Object.fromEntries(['Data/Compare.pm', 'Test/Deep.pm'].map((name) => [name, read(name)]))
const begin = `BEGIN { unshift @INC, '.'; require './cupel.pl'; CupelReplay::begin() }`

export const perl: Embedding = {
  language: 'perl',
  examiner({ trusted, script, entryPoint: name }) {
    const standIn = `sub ${name} { CupelReplay::call('${name}', \\@_, wantarray) }`
    const body = `${begin}\nsrand(1);\n${helpers(trusted, heads, name)}\n${standIn}\n${script}\n`
    return { 'main.pl': body, 'cupel.pl': cupel, ...compared }
  },
  candidate({ entryPoint: name }, code) {
    const main = `${begin}
open STDOUT, '>&', \\*STDERR or *STDOUT = *STDERR;
do './solution.pl';
$@ =~ s/\\n/ (aborted due to compilation errors)\\n/ unless $CupelReplay::compiled;
die $@ if $@;
CupelReplay::serve('${name}');
`
    // A file of its own: what stands below its __END__, and braces it leaves open, are not ours.
    const solution = `$CupelReplay::compiled = 1;\n#line 1\n${code}`
    return { 'main.pl': main, 'solution.pl': solution, 'cupel.pl': cupel }
  },
}

/** Heads of functions. */
const heads = /^[ \t]*sub[ \t]+(\w+)/gm
