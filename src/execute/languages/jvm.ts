/** What every language on the Java virtual machine has in common: short starts, few threads, a heap within the limit. */

const small = ['-XX:+UseSerialGC', '-Xshare:auto', '-XX:-UsePerfData', '-XX:ActiveProcessorCount=2']

/** For programs: the heap is the memory limit, a deep recursion is no mistake, assertions count. */
export const machine = ['-Xmx{memory}m', '-Xss64m', '-ea', ...small]

/** For compilers, which end before an optimising compiler would pay off. */
export const compilerMachine = ['-Xmx1500m', '-Xss16m', '-XX:TieredStopAtLevel=1', ...small]

/** Common to all of them in a definition. */
export const onMachine = {
  reads: ['/etc/java-*-openjdk'],
  outOfMemory: /java\.lang\.OutOfMemoryError(?!: unable to create)|Could not reserve enough space/,
  /** Threads have stacks and the heap is reserved at once. */
  reservesAddressSpace: true,
} as const

/** The classes of a program are kept as one tar file: unpacking takes a fraction of what a jar costs to make. */
export const packed = 'tar -cf out -C /tmp/classes .'
export const unpacked = 'mkdir /tmp/classes && tar -xf out -C /tmp/classes'
