/** Work on many things, a few at a time, answers in their order. Fails as the first that fails. */
export async function sideBySide<T, R>(items: readonly T[], atOnce: number, of: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) answers[index] = await of(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return answers;
}

/**
 * Tells each of many things, a few at a time; one that fails keeps none of the others from being told.
 * @throws AggregateError of all that failed, once the others were told; `what` says what they are
 */
export async function tellSideBySide<T>(
  things: readonly T[],
  atOnce: number,
  what: string,
  tell: (thing: T) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = [];
  await sideBySide(things, atOnce, (thing) => tell(thing).catch((error: unknown) => failures.push(error)));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} ${what}`);
}
