import { expect } from 'vitest';
import type { Payout } from '../../shared/disbursement/payout.ts';
import { begin, type Story } from './case-story.ts';
import type { World } from './case-world.ts';
import { type FinanceDesk, financeDesk } from './finance-desk.ts';
import { contentFor, seedOf } from './small-union.ts';
import { type TreasuryDesk, treasuryDesk } from './treasury-desk.ts';

const illness = contentFor(seedOf('major-illness-relief'));
/** Four cases of one household: two of them on different bills, until one is changed to name the other's. */
const storiesOf = (world: World): Story[] => [
  begin(world, 'fire-damage'),
  begin(world, 'major-illness-relief'),
  begin(world, 'major-illness-relief', { answers: { ...illness.answers, invoiceNumber: 'A-2' } }),
  begin(world, 'start-up-funding'),
];

/** A union in which anybody may try anything. */
export type Scene = {
  readonly world: World;
  readonly stories: readonly Story[];
  readonly finance: FinanceDesk;
  readonly treasury: TreasuryDesk;
};

/** `owes`: the first of them has got an advance and was declined, so that its household has to pay it back. */
export function beginScene(world: World, { owes }: { readonly owes: boolean }): Scene {
  const stories = storiesOf(world);
  if (owes) stories.slice(0, 1).forEach(oweAdvance);
  return { world, stories, finance: financeDesk(world, stories), treasury: treasuryDesk(world) };
}

function oweAdvance(story: Story): void {
  const told: string[] = [];
  for (const who of ['officer-1', 'officer-2']) told.push(story.vote(who, 'approve', { yuan: 300 }));
  story.file().payouts.forEach((_, index) => {
    told.push(story.release('finance-1', index), story.confirm('finance-2', index));
  });
  told.push(story.vote('member-1', 'decline'));
  expect(told.filter((each) => each !== 'done')).toEqual([]);
}

/** `pick` chooses among those who could, `part` an amount, out of a thousand. */
export type Chance = { readonly pick: number; readonly part: number };

export const payoutsOf = ({ stories }: Scene, statuses: readonly Payout['status'][]): Payout[] =>
  stories.flatMap((story) => story.file().payouts.filter(({ status }) => statuses.includes(status)));

/** Not all, and not always the same. */
export const someOf = <T>(items: readonly T[], pick: number): T[] =>
  items.filter((_, index) => ((pick >> (index % 8)) & 1) === 0);

export const nth = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(1, items.length)];
