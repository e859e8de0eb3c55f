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
    warm: {
      // it reads the beginning of the program first, then its own libraries
      stopAt: '*/error_highlight/formatter.rb',
      placeholder: '\n',
      unlike: /^#!/,
      check: 'require "set"; puts 6 * 7, Set[1].size, $stdin.read.inspect, rand',
      prints: /^42\n1\n"(|text\\n)"\n(0\.\d+)\n$/,
    },
  },
  wasm: 'ruby',
})
