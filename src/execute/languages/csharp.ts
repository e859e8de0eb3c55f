import { defineLanguage } from '../../kernel/index.js'

export default defineLanguage({
  name: 'csharp',
  title: 'C#',
  summary: 'C# 7 with Mono',
  extensions: ['cs'],
  aliases: ['c#', 'cs', 'mono'],
  file: 'main.cs',
  native: {
    probe: ['sh', '-c', 'mcs --version && exec mono --version'],
    install: { apt: 'mono-mcs' },
    reads: ['/etc/mono/config', '/etc/mono/4.5'],
    env: { MONO_GC_PARAMS: 'max-heap-size={memory}m' },
    compile: ['mcs', '-optimize', '-nowarn:0168,0219,0414', '-r:System.Numerics', '-out:{out}', '{files}'],
    run: ['mono', '{out}'],
    reservesAddressSpace: true,
    outOfMemory: /OutOfMemoryException|Garbage collector could not allocate/,
  },
})
