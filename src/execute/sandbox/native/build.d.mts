export function buildWarden(): { ok: boolean; folder: string; message: string }
export function cacheFolder(): string
