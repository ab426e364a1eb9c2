import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { FormValues } from './form-state.ts';

/** A form as it came in. */
export type FormBody = {
  /** The first value of a field, trimmed at both ends; `''` if it did not come. */
  text(name: string): string;
  /** All values of a field (checkboxes). */
  texts(name: string): readonly string[];
  /** The files of a field that have a name and a size. */
  files(name: string): readonly File[];
  /** Everything typed, as typed, to show the form again. Names that begin with `_` are ours and left out. */
  values: FormValues;
};

const readable = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/**
 * Reads the form of a POST.
 * @throws HTTPException 415 if it is no form, 400 if it cannot be read
 */
export async function readForm(c: Context): Promise<FormBody> {
  const kind = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!readable.includes(kind)) throw new HTTPException(415);
  let data: FormData;
  try {
    data = await c.req.formData();
  } catch (cause) {
    if (cause instanceof HTTPException) throw cause;
    throw new HTTPException(400, { cause });
  }
  const typed = new Map<string, string[]>();
  const files = new Map<string, File[]>();
  for (const [name, value] of data.entries()) {
    if (typeof value === 'string') typed.set(name, [...(typed.get(name) ?? []), value]);
    // A file field left empty comes as a file without a name.
    else if (value.name !== '' && value.size > 0) files.set(name, [...(files.get(name) ?? []), value]);
  }
  return {
    text: (name) => (typed.get(name)?.[0] ?? '').trim(),
    texts: (name) => typed.get(name) ?? [],
    files: (name) => files.get(name) ?? [],
    values: Object.fromEntries([...typed].filter(([name]) => !name.startsWith('_'))),
  };
}
