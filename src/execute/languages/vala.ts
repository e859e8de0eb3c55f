import { defineLanguage } from '../../kernel/index.js'

/** For the C compiler: what a program that needs nothing of GLib would lack. */
const forC = ['-O2', '-w', '-lm', '-DTRUE=1', '-DFALSE=0'].flatMap((option) => ['-X', option])

export default defineLanguage({
  name: 'vala',
  title: 'Vala',
  summary: 'Vala with GLib, GObject and GIO',
  extensions: ['vala'],
  file: 'main.vala',
  native: {
    probe: ['valac', '--version'],
    install: { apt: 'valac libglib2.0-dev gcc' },
    compile: ['valac', '--pkg=gio-2.0', ...forC, '-d', '/tmp/vala', '-o', '/tmp/work/out', '{files}'],
    run: ['./{out}'],
    reservesAddressSpace: true,
    outOfMemory: /GLib-ERROR.*failed to allocate/,
  },
})
