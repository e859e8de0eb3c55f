import { defineLanguage } from '../../kernel/index.js'
import { beamFlags, onBeam } from './beam.js'

export default defineLanguage({
  name: 'elixir',
  title: 'Elixir',
  summary: 'Elixir scripts',
  extensions: ['exs', 'ex'],
  aliases: ['ex'],
  file: 'main.exs',
  native: {
    ...onBeam,
    probe: ['elixir', '--version'],
    version: /^Elixir .*/m,
    install: { apt: 'elixir' },
    env: { ERL_FLAGS: beamFlags, ERL_CRASH_DUMP_SECONDS: '0' },
    run: ['elixir', '{file}'],
    // the file itself is named and there is nothing that called it
    syntaxError: /^\*\* \((SyntaxError|TokenMissingError|CompileError)\) (?!nofile)/m,
  },
})
