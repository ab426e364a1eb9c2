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
