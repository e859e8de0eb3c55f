/** Rows of sample files: what is checked before anything is believed. */
import { z } from 'zod'

/** CodeT's recordings: one row per prompt. */
export const sampleFile = z.object({ prompt: z.string(), samples: z.array(z.string()) })

/** human-eval (`completion` continues the prompt) and EvalPlus (`solution` stands alone); one row per sample. */
export const sampleRow = z
  .object({ task_id: z.string().min(1), completion: z.string().optional(), solution: z.string().optional() })
  .refine((row) => row.completion !== undefined || row.solution !== undefined, {
    error: 'neither completion nor solution',
  })
