/**
 * The floors of the house: a room imports only from rooms on lower floors, or from itself.
 * Not covered: paths made at run time (`fork(workerPath)`), which no import graph can see.
 */
const floors = [
  ['kernel'],
  ['execute', 'models', 'code'],
  ['generate'],
  ['evaluate', 'train'],
  ['runs'],
  ['cli', 'server', 'web'],
]

const test = '[.](test|test-support|test-server)[.]ts$'
const room = (names) => `^src/(${names.join('|')})/`

/** For each room: every room that is not below it, and is not the room itself, is out of reach. */
const floorRules = floors.flatMap((rooms, floor) =>
  rooms.flatMap((name) => {
    const beside = rooms.filter((other) => other !== name)
    const above = floors.slice(floor + 1).flat()
    return [
      ...(above.length === 0 ? [] : [rule(`${name}-is-below`, 'reaches up', { path: room([name]) }, room(above))]),
      ...(beside.length === 0
        ? []
        : [rule(`${name}-stands-alone`, 'same floor', { path: room([name]), pathNot: test }, room(beside))]),
    ]
  }),
)

function rule(name, comment, from, path) {
  return { name, comment, severity: 'error', from, to: { path } }
}

module.exports = {
  forbidden: [
    ...floorRules,
    {
      name: 'kernel-does-no-io',
      comment: 'The kernel imports zod and itself: no Node modules, no other package.',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: test },
      to: { pathNot: ['^src/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'unknown-room',
      comment: 'A new room must be given a floor in .dependency-cruiser.cjs.',
      severity: 'error',
      from: { path: '^src/', pathNot: room(floors.flat()) },
      to: {},
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-imports-a-test',
      severity: 'error',
      from: { pathNot: test },
      to: { path: test },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      comment: 'It would be missing after `npm install cupel`.',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that leads nowhere is not seen by the other rules.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Programs that a sandbox runs are data, not part of the house.
    exclude: { path: ['^src/execute/judge/cheats/', '^src/execute/sandbox/attacks/[^/]+/'] },
    // Imports of types count too: a type is a dependency of the reader.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
