/** An expected outcome as a value. What nobody expects is thrown instead. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** For the default branch of a switch over a closed set: does not compile while a member is missing. */
export function assertNever(value: never): never {
  throw new Error(`no such case: ${JSON.stringify(value)}`);
}
