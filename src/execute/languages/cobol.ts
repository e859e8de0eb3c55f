import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'cobol',
  title: 'COBOL',
  summary: 'GnuCOBOL; fixed format where the source keeps to its columns, else free format',
  extensions: ['cob', 'cbl', 'cobol'],
  aliases: ['gnucobol', 'cobc'],
  file: 'main.cob',
  native: {
    probe: ['cobc', '--version'],
    install: { apt: 'gnucobol' },
    reads: ['/etc/gnucobol'],
    names: (source) => ({ main: isFixed(source) ? 'fixed' : 'free' }),
    compile: ['cobc', '-x', '-O2', '-{main}', '-o', '{out}', '{files}'],
    run: ['./{out}'],
    reservesAddressSpace: true,
    outOfMemory: /cannot allocate|allocate \d+ bytes|out of memory/i,
  },
})

/** Columns 1 to 6 hold nothing or a number, column 7 an indicator. */
function isFixed(source: string): boolean {
  const lines = source.split(/\r?\n/).filter((line) => line.trim() !== '')
  return lines.length > 0 && lines.every((line) => /^([ \d]{6}[ */dD$-]|\s*$)/.test(line))
}
