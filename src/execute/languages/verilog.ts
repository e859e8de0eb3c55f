import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'verilog',
  title: 'Verilog',
  summary: 'Verilog and SystemVerilog, simulated by Icarus Verilog',
  extensions: ['v', 'sv'],
  aliases: ['systemverilog', 'iverilog'],
  file: 'main.v',
  native: {
    probe: ['iverilog', '-V'],
    version: /^Icarus Verilog version \S+/m,
    install: { apt: 'iverilog' },
    compile: ['iverilog', '-g2012', '-o', '{out}', '{files}'],
    run: ['vvp', '-n', '{out}'],
    reservesAddressSpace: true,
    outOfMemory: /bad_alloc|out of memory/i,
  },
})
