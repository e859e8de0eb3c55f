import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'emacs-lisp',
  title: 'Emacs Lisp',
  summary: 'Emacs Lisp in batch mode',
  extensions: ['el'],
  aliases: ['elisp', 'emacs'],
  file: 'main.el',
  native: {
    probe: ['emacs', '--version'],
    install: { apt: 'emacs-nox' },
    run: ['emacs', '--batch', '-Q', '-L', '.', '--eval', '(progn (load "./{file}" nil t t) (kill-emacs))'],
    reservesAddressSpace: true,
    outOfMemory: /[Mm]emory exhausted/,
  },
})
