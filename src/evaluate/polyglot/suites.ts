/**
 * How the tests of an exercise run with the toolchains alone: no package is fetched. What an exercise skips until its reader
 * gets there runs as well, by the means of each runner: nothing in the tests is edited.
 *
 * Not covered: packages of npm, crates and modules of Go; Gradle and CMake, whose work the compilers do here.
 */
import { readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { shellWord } from '../../kernel/index.js'
import type { Exercise, ExerciseSuite } from './suite.js'

export function python({ test, files }: Exercise): ExerciseSuite {
  const modules = test.map((path) => path.replace(/\.py$/, '').replaceAll('/', '.'))
  if (test.some((path) => /\bimport unittest\b|\bfrom unittest\b/.test(text(files, path))))
    return { command: `python3 -m unittest -v ${words(modules)}`, report: 'unittest' }
  return {
    command: `python3 -c 'import pytest' 2>/dev/null || { echo 'pytest is not installed (apt-get install python3-pytest)' >&2; exit 127; }
python3 -m pytest -p no:cacheprovider --junitxml=.cupel/report.xml ${words(test)}`,
    report: 'junit',
    reportFiles: ['.cupel/report.xml'],
  }
}

export function go({ files }: Exercise): ExerciseSuite {
  const required = /^\s*require\b[\s(]+([^\s)]+)/m.exec(text(files, 'go.mod'))?.[1]
  return {
    command: `${needs('go', 'Go', 'golang-go')}
export GO111MODULE=on GOFLAGS=-mod=mod GOPROXY=off GOSUMDB=off GOTOOLCHAIN=local GOMAXPROCS=2
export GOPATH="$TMPDIR/go" GOCACHE="$TMPDIR/go-cache"
go test -v ./...`,
    report: 'go-test',
    restored: ['*_test.go', 'go.work', '/vendor'],
    ...(required === undefined ? {} : { unavailable: unavailable(`the module ${required}`, 'Go') }),
  }
}

const manifest = z.object({
  package: z.object({ name: z.string().regex(/^[\w-]+$/), edition: z.string().default('2015') }),
  lib: z.object({ name: z.string().optional() }).optional(),
  dependencies: z.record(z.string(), z.unknown()).default({}),
  'dev-dependencies': z.record(z.string(), z.unknown()).default({}),
})

/** What `cargo test` does for a package without dependencies: the library, then a program for each file of tests. */
export function rust({ files, test, all }: Exercise): ExerciseSuite {
  const read = manifestOf(text(files, 'Cargo.toml'))
  const example = manifestOf(text(all, '.meta/Cargo-example.toml'))
  if (read === null)
    return { command: 'false', report: 'cargo-test', unavailable: 'its Cargo.toml is not that of a package' }
  const name = (read.lib?.name ?? read.package.name).replaceAll('-', '_')
  const crates = [read, ...(example ? [example] : [])].flatMap((one) =>
    Object.keys({ ...one.dependencies, ...one['dev-dependencies'] }),
  )
  const compile = `rustc --edition=${read.package.edition} -Cdebuginfo=0 -Awarnings`
  return {
    command: `${needs('rustc', 'Rust', 'rustc')}
set -e
out="$TMPDIR/build"
mkdir -p "$out"
${compile} --crate-type=lib --crate-name=${name} --out-dir "$out" src/lib.rs
for file in ${words(test)}; do
  ${compile} --test --extern ${name}="$out/lib${name}.rlib" -o "$out/tests" "$file"
  "$out/tests" --include-ignored --color never
done`,
    report: 'cargo-test',
    runner: 'rustc and its test harness, without cargo',
    ...(crates[0] === undefined ? {} : { unavailable: unavailable(`the crate ${crates[0]}`, 'Rust') }),
  }
}

function manifestOf(toml: string): z.output<typeof manifest> | null {
  try {
    return manifest.safeParse(parse(toml)).data ?? null
  } catch {
    return null
  }
}

const shim = ['run.mjs', 'globals.mjs', 'expect.mjs', 'equal.mjs', 'hooks.mjs']

export function javascript({ test }: Exercise): ExerciseSuite {
  return {
    command: `${needs('node', 'Node.js', 'nodejs')}
node .cupel/jest/run.mjs .cupel/report.json ${words(test)}`,
    report: 'jest-json',
    reportFiles: ['.cupel/report.json'],
    tests: Object.fromEntries(
      shim.map((file) => [`.cupel/jest/${file}`, readFileSync(new URL(`jest/${file}`, import.meta.url), 'utf8')]),
    ),
    runner: "Cupel's stand-in for Jest, without Babel",
  }
}

const jars = [
  ...['junit-jupiter-api', 'junit-jupiter-engine', 'junit-jupiter-params', 'junit-platform-commons'],
  ...['junit-platform-console', 'junit-platform-engine', 'junit-platform-launcher', 'junit-platform-reporting'],
  ...['junit-vintage-engine', 'junit4', 'hamcrest', 'opentest4j', 'opentest4j-reporting-events', 'apiguardian-api'],
  ...['assertj-core', 'byte-buddy', 'picocli', 'univocity-parsers'],
]
  .map((name) => `/usr/share/java/${name}.jar`)
  .join(':')
/** Short runs within little memory. */
const machine = [
  ...['-XX:+UseSerialGC', '-XX:-UsePerfData', '-XX:TieredStopAtLevel=1', '-XX:ActiveProcessorCount=2', '-Xmx768m'],
  ...['-XX:CompressedClassSpaceSize=128m', '-XX:ReservedCodeCacheSize=96m'],
]

export function java(_: Exercise): ExerciseSuite {
  return {
    command: `${needs('javac', 'Java', 'openjdk-17-jdk-headless')}
[ -e /usr/share/java/junit-platform-console.jar ] && [ -e /usr/share/java/assertj-core.jar ] || {
  echo 'JUnit 5 or AssertJ is not installed (apt-get install junit5 libassertj-core-java)' >&2; exit 127; }
set -e
export MALLOC_ARENA_MAX=2
out="$TMPDIR/classes"
mkdir -p "$out"
javac ${machine.map((option) => `-J${option}`).join(' ')} -encoding UTF-8 -nowarn -proc:none -cp "${jars}" -d "$out" \\
  $(find src/main/java src/test/java .cupel/java -name '*.java')
java ${machine.join(' ')} -cp "${jars}:$out" org.junit.platform.console.ConsoleLauncher \\
  --scan-class-path "$out" --reports-dir .cupel/reports --details=none --disable-banner --disable-ansi-colors \\
  --include-classname='.*' --config junit.jupiter.conditions.deactivate=org.junit.*DisabledCondition`,
    report: 'junit',
    reportFiles: ['.cupel/reports/*.xml'],
    // JUnit 4 looks for its annotation when the tests run: one that is gone by then skips nothing.
    tests: { '.cupel/java/org/junit/Ignore.java': ignore },
    restored: ['/src/test'],
    runner: 'javac and the console launcher of JUnit, without Gradle',
  }
}

const ignore = `package org.junit;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

@Retention(RetentionPolicy.SOURCE)
public @interface Ignore { String value() default ""; }
`

export function cpp({ files }: Exercise): ExerciseSuite {
  const project = text(files, 'CMakeLists.txt')
  const standard = /CXX_STANDARD\s+(\d\d)\b/.exec(project)?.[1] ?? '17'
  const strict = /-Werror\b/.test(project) ? '-Wall -Wextra -Wpedantic -Werror' : ''
  const own = 'test/catch.hpp' in files
  return {
    command: `${needs('g++', 'C++', 'g++')}
${own ? '' : `[ -e /usr/include/catch2/catch.hpp ] || { echo 'Catch2 is not installed (apt-get install catch2)' >&2; exit 127; }\n`}set -e
main=test/tests-main.cpp
[ -e "$main" ] || { main="$TMPDIR/main.cpp"; printf '#define CATCH_CONFIG_MAIN\\n#include <catch2/catch.hpp>\\n' > "$main"; }
g++ -std=c++${standard} ${strict} -DEXERCISM_RUN_ALL_TESTS ${own ? '' : '-DEXERCISM_TEST_SUITE '}-I. -o "$TMPDIR/tests" *.cpp "$main" -pthread
mkdir -p .cupel
"$TMPDIR/tests" -r junit -o .cupel/report.xml`,
    report: 'junit',
    reportFiles: ['.cupel/report.xml'],
    restored: ['/test', '/catch2'],
    runner: 'g++ and Catch, without CMake',
  }
}

function needs(program: string, name: string, apt: string): string {
  return `command -v ${program} >/dev/null || { echo '${name} is not installed (apt-get install ${apt})' >&2; exit 127; }`
}

function unavailable(what: string, language: string): string {
  return `the exercise needs ${what}, and nothing is fetched here: only exercises with ${language}'s standard library are judged`
}

function text(files: Exercise['files'], path: string): string {
  const found = files[path]
  return typeof found === 'string' ? found : ''
}

/** For the shell. */
function words(all: readonly string[]): string {
  return all.map(shellWord).join(' ')
}
