import * as z from 'zod';

const sqliteError = z.object({ code: z.literal('ERR_SQLITE_ERROR'), errcode: z.int() });

/** SQLite's primary codes for: busy, locked, no memory, read-only, failed input or output, disk full, cannot be opened. */
const passing: readonly number[] = [5, 6, 7, 8, 10, 13, 14];

/** Whether the store could not be written for a while, which is no fault of what was to be written: the disk is full, or the file taken. */
export function isStoreOut(error: unknown): boolean {
  const parsed = sqliteError.safeParse(error);
  return parsed.success && passing.includes(parsed.data.errcode & 0xff);
}
