/** Does numbered work, `width` at a time. */
export async function inParallel(
  count: number,
  width: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => index).values();
  const one = async () => {
    for (const index of numbers) await work(index);
  };
  await Promise.all(Array.from({ length: width }, one));
}
