/**
 * Racket: a program is a module that ends with its function being served. Published tests check with rackunit, whose checks only
 * print when they fail; the examiner brings what ends the tests instead.
 */
import { readFileSync } from 'node:fs'
import type { Embedding } from './embedding.js'
import { helpers } from './header.js'

const read = (name: string) => readFileSync(new URL(`racket/${name}.rkt`, import.meta.url), 'utf8')
const cupel = read('cupel')
const checks = read('checks')

export const racket: Embedding = {
  language: 'racket',
  examiner({ trusted, script, entryPoint: name }) {
    const standIn = `(require (only-in "cupel.rkt" [call cupel:call]))\n(define (${name} . given) (apply cupel:call "${name}" given))`
    const checked = script.replace(/(?<![\w/"-])rackunit(?![\w/"-])/g, '"checks.rkt"')
    const main = `${helpers(trusted, heads, name)}\n${standIn}\n(random-seed 1)\n${checked}\n`
    return { 'main.rkt': main, 'cupel.rkt': cupel, 'checks.rkt': checks }
  },
  candidate({ entryPoint: name }, code) {
    const serve = `(require (only-in "cupel.rkt" [serve cupel:serve]))\n(cupel:serve ${name})`
    return { 'main.rkt': `${code}\n${serve}\n`, 'cupel.rkt': cupel }
  },
}

/** Heads of functions. */
const heads = /^[ \t]*\(define[ \t]+\(([^\s()]+)/gm
