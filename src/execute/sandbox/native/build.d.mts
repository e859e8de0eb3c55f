export function buildWarden(): { ok: boolean; folder: string; message: string }
export function cacheFolder(): string
export function findCompiler(): string | null
