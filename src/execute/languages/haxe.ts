import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'haxe',
  title: 'Haxe',
  summary: 'Haxe 4 on the Neko machine',
  extensions: ['hx'],
  aliases: ['hx'],
  file: 'Main.hx',
  native: {
    probe: ['haxe', '--version'],
    install: { apt: 'haxe' },
    names: (source) => {
      const types = [...source.matchAll(/^\s*(?:(?:private|final|extern)\s+)*class\s+(\w+)[^{]*\{/gm)]
      const main = types.findLast((type) => source.slice(0, source.search(/\bfunction\s+main\s*\(/)).includes(type[0]))
      return main ? { file: `${main[1]}.hx`, main: main[1] as string } : {}
    },
    compile: ['haxe', '--main', '{main}', '--neko', '{out}'],
    env: { GC_NPROCS: '2' },
    run: ['sh', '-c', 'mv out out.n && exec neko out.n "$@"', 'neko'],
    reservesAddressSpace: true,
    outOfMemory: /GC Warning: (Out of Memory|Failed to expand heap)|Out of memory/i,
  },
})
