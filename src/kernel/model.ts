/** The port to language models: one request, n samples, and what they cost. */

export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

export interface ModelRequest {
  /** A conversation, or text to continue (`prompt`), optionally with the text that follows (`suffix`, fill in the middle). */
  readonly input:
    | { readonly kind: 'chat'; readonly messages: readonly Message[] }
    | { readonly kind: 'completion'; readonly prompt: string }
    | { readonly kind: 'infill'; readonly prompt: string; readonly suffix: string }
  readonly n: number
  readonly temperature?: number
  readonly topP?: number
  readonly maxTokens?: number
  readonly stop?: readonly string[]
  readonly seed?: number
  /** Ask for the log-probability of each token where the provider has them. */
  readonly logprobs?: boolean
}

export interface TokenLogprob {
  readonly token: string
  readonly logprob: number
}

export interface Completion {
  readonly text: string
  /** Hidden reasoning the provider returned beside the text, if any. */
  readonly reasoning?: string
  readonly finish: 'stop' | 'length' | 'refusal' | 'other'
  readonly logprobs?: readonly TokenLogprob[]
}

export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
  /** US dollars, where the price is known. */
  readonly cost?: number
  /** Answered from the cache: nothing was spent. */
  readonly cached?: boolean
}

export interface ModelReply {
  readonly completions: readonly Completion[]
  readonly usage: Usage
}

export interface Model {
  /** As the user wrote it: `openai/gpt-4o`, `recorded:FILE`. */
  readonly name: string
  complete(request: ModelRequest, signal?: AbortSignal): Promise<ModelReply>
}
