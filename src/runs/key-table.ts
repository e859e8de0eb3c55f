/**
 * Hex keys → whole numbers below 2³², 20 bytes a slot: a million keys take 40 MB where a Map of strings takes 150.
 * Only the first 128 bits of a key count; two of a million keys agree in them with a chance of 10⁻²⁷.
 */
export class KeyTable {
  #slots: number
  #keys: Uint32Array
  /** Value + 1; 0 marks a free slot. */
  #values: Uint32Array
  #size = 0

  constructor(slots = 1024) {
    this.#slots = slots
    this.#keys = new Uint32Array(slots * 4)
    this.#values = new Uint32Array(slots)
  }

  get size(): number {
    return this.#size
  }

  get bytes(): number {
    return this.#keys.byteLength + this.#values.byteLength
  }

  get(key: string): number | undefined {
    const value = this.#values[this.#find(words(key))] as number
    return value === 0 ? undefined : value - 1
  }

  set(key: string, value: number): void {
    const k = words(key)
    let slot = this.#find(k)
    if (this.#values[slot] === 0) {
      if (++this.#size > this.#slots * 0.6) {
        this.#grow()
        slot = this.#find(k)
      }
      this.#keys.set(k, slot * 4)
    }
    this.#values[slot] = value + 1
  }

  /** The slot of the key, or the free one it would go to. Slots are a power of two. */
  #find(k: Words): number {
    const keys = this.#keys
    for (let slot = (k[0] ^ k[1] ^ k[2] ^ k[3]) & (this.#slots - 1); ; slot = (slot + 1) & (this.#slots - 1)) {
      if (this.#values[slot] === 0) return slot
      const at = slot * 4
      if (keys[at] === k[0] && keys[at + 1] === k[1] && keys[at + 2] === k[2] && keys[at + 3] === k[3]) return slot
    }
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#slots *= 2
    this.#keys = new Uint32Array(this.#slots * 4)
    this.#values = new Uint32Array(this.#slots)
    for (const [slot, value] of values.entries()) {
      if (value === 0) continue
      const k = keys.subarray(slot * 4, slot * 4 + 4) as unknown as Words
      const to = this.#find(k)
      this.#keys.set(k, to * 4)
      this.#values[to] = value
    }
  }
}

type Words = readonly [number, number, number, number]

function words(key: string): Words {
  const word = (i: number) => Number.parseInt(key.slice(i * 8, i * 8 + 8), 16)
  return [word(0), word(1), word(2), word(3)]
}
