import type { PostOffice } from './post-office.ts';
import type { Bank } from './bank.ts';

/** What the people of the replay share: where the pages are, the mail, the bank and the calendar. */
export type World = {
  readonly site: string;
  readonly post: PostOffice;
  readonly bank: Bank;
  /** The day that it is in China, `YYYY-MM-DD`. */
  readonly today: () => string;
  readonly moveClock: (step: { to: string } | { by: string }) => Promise<void>;
  /** Tells whoever watches what has just happened. */
  readonly say: (line: string) => void;
};

/** Acts for all, `width` at a time: more would only wait for each other on a small machine. Results keep the order. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  act: (item: Item, index: number) => Promise<Result>,
  width = 4,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, item] = next;
      results[index] = await act(item, index);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return results;
}
