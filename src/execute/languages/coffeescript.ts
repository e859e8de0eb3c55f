import { defineLanguage } from '../../kernel/index.js'

const coffee = '/usr/share/nodejs/coffeescript/bin/coffee'

export default defineLanguage({
  name: 'coffeescript',
  title: 'CoffeeScript',
  summary: 'CoffeeScript 2 on Node.js',
  extensions: ['coffee'],
  aliases: ['coffee'],
  file: 'main.coffee',
  native: {
    probe: ['{node}', coffee, '--version'],
    install: { apt: 'coffeescript' },
    run: ['{node}', '--max-old-space-size={memory}', coffee, '{file}'],
    // the place, and nothing that called it
    syntaxError: /(?<![\s\S])[^\n]+:\d+:\d+: error: (?![\s\S]*\n +at )/,
    reservesAddressSpace: true,
  },
  wasm: 'coffeescript',
})
