/** MBXP: MBPP translated by machine into a dozen languages, each with its tests. */
import { defineBenchmark } from '../../kernel/index.js'
import { mxevalProblem, mxevalRow } from '../mxeval-rows.js'
import { completed } from '../published-languages.js'

const releases = [
  ...['mbpp_release_v1', 'mbjp_release_v1.2', 'mbjsp_release_v1.2', 'mbtsp_release_v1.2', 'mbgp_release_v1.1'],
  ...['mbcpp_release_v1.2', 'mbcsp_release_v1.2', 'mbkp_release_v1.2', 'mbphp_release_v1.2', 'mbplp_release_v1'],
  ...['mbrbp_release_v1.2', 'mbscp_release_v1', 'mbswp_release_v1'],
]

export default defineBenchmark({
  name: 'mbxp',
  summary: 'MBPP in 13 languages (about 960 functions each), translated by machine, with tests in the language',
  source: {
    title: 'Multi-lingual Evaluation of Code Generation Models',
    year: 2023,
    link: 'https://arxiv.org/abs/2210.14868',
    system: 4,
  },
  acceptance: {
    a: 'the shipped example samples come within one point of the published table in nine languages',
    b: 'a Python problem with nested lists, dictionaries and floats becomes a Java and a TypeScript problem that tell right from wrong',
    c: 'pass@k is refused where k is larger than the number of samples',
  },
  licence: 'Apache-2.0',
  data: releases.map((name) => ({ path: `amazon-science__mxeval/data/mbxp/${name}.jsonl`, optional: true })),
  row: mxevalRow,
  *problems(files) {
    for (const each of files.flat()) yield mxevalProblem(each)
  },
  complete: completed,
  k: [1, 10, 100],
  limits: { cpuSeconds: 5, wallSeconds: 60, memoryMb: 2048 },
  defects: {
    'MBPHP/14': 'the published solution ends the program, which the published harness takes for a pass',
    'MBPLP/554': 'the function is called split, which is one of Perl itself: the tests never call the program',
    'MBPLP/565': 'the function is called split, which is one of Perl itself: the tests never call the program',
    'MBRBP/115': 'the tests need the library set, which Ruby before 3.2 does not load by itself',
  },
  contamination:
    'the published solutions were written by models and are often wrong, most of those in TypeScript: they are samples, not references to trust. The PHP tests compare with ==, which takes true for every list, number and text that is not empty: some 400 of the 950 published solutions give nothing but true.',
})
