import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'bash',
  title: 'Bash',
  summary: 'Bash with the core utilities',
  extensions: ['sh', 'bash'],
  aliases: ['sh', 'shell'],
  file: 'main.sh',
  native: {
    probe: ['bash', '--version'],
    install: { apt: 'bash' },
    run: ['bash', '{file}'],
    outOfMemory: /(^|\n)[^\n]*x(re|m)alloc: cannot allocate[^\n]*\n?$/,
  },
})
