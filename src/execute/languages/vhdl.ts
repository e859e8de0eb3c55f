import { defineLanguage } from '../../kernel/index.js'

/** What the entry uses comes before it. */
const start = 'top=$1 entry=$2; shift 2; exec ghdl -c --std=08 --workdir=/tmp "$@" "$entry" -r "$top"'

export default defineLanguage({
  name: 'vhdl',
  title: 'VHDL',
  summary: 'VHDL 2008, simulated by GHDL; the last entity of the entry is the top, other files come before it',
  extensions: ['vhd', 'vhdl'],
  aliases: ['ghdl'],
  file: 'main.vhd',
  native: {
    probe: ['ghdl', '--version'],
    version: /^GHDL \S+/m,
    install: { apt: 'ghdl-mcode' },
    names: (source) => {
      const entities = [...source.replace(/--[^\n]*/g, '').matchAll(/\bentity\s+(\w+)\s+is\b/gi)]
      return entities.length > 0 ? { main: entities.at(-1)?.[1] as string } : {}
    },
    run: ['sh', '-c', start, 'ghdl', '{main}', '{files}'],
    // a place in a source without the time of the simulation
    syntaxError: /^\S+:\d+:\d+: /m,
    reservesAddressSpace: true,
  },
})
