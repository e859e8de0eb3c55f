import { defineLanguage } from '../../kernel/index.js'

const settings = [
  'memory_limit={memory}M',
  'display_errors=stderr',
  'html_errors=0',
  'log_errors=0',
  'zend.assertions=1',
]

export default defineLanguage({
  name: 'php',
  title: 'PHP',
  summary: 'PHP 8 on the command line',
  extensions: ['php'],
  file: 'main.php',
  native: {
    probe: ['php', '--version'],
    install: { apt: 'php-cli' },
    reads: ['/etc/php*'],
    run: ['php', ...settings.flatMap((setting) => ['-d', setting]), '{file}'],
    syntaxError: /^(PHP )?Parse error: (?!.*eval\(\)'d code)/m,
    outOfMemory: /^(PHP )?Fatal error: +(Allowed memory size of|Out of memory)/m,
    warm: {
      check: '<?php echo 6 * 7, json_encode(file_get_contents("php://stdin")), " ", mt_rand();',
      prints: /^42"(|text\\n)" (\d+)$/,
    },
  },
  wasm: 'php',
})
