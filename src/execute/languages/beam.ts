/** The machine of Erlang and Elixir with few threads, and no dump when it ends in an error. */
export const beamFlags = '+S 1:1 +SDcpu 1:1 +SDio 1 +A 1'

export const onBeam = {
  reservesAddressSpace: true,
  outOfMemory: /(eheap|binary|temp|sl|ll|driver)_alloc: Cannot (re)?allocate/,
} as const
