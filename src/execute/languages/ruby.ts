import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'ruby',
  title: 'Ruby',
  summary: 'Ruby 3',
  extensions: ['rb'],
  aliases: ['rb'],
  file: 'main.rb',
  native: {
    probe: ['ruby', '--version'],
    install: { apt: 'ruby' },
    run: ['ruby', '--disable-did_you_mean', '{file}'],
    // the place in a file, and no `in …` of something that ran
    syntaxError: /(?<![\s\S])(?![^\n]*:in )[^\n]*(: syntax error,| \(SyntaxError\)|: --> )/,
    // its threads have stacks as large as that of the program
    reservesAddressSpace: true,
    outOfMemory: /\(NoMemoryError\)|failed to allocate memory/,
  },
  wasm: 'ruby',
})
