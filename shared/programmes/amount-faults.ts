import type { Amount } from './condition.ts';
import { mentionFaults } from './mention-faults.ts';
import { amountNodes, amountsIn, mentionsOfAmount } from './mentions.ts';
import type { ProgrammeVersion } from './programme-version.ts';
import { unrisen } from './rising.ts';

/** What is wrong with the sums: unknown fields, bands out of order, a cap that no suggestion could meet. */
export function amountFaults({ form, suggestion, ceiling, refusals, cap }: ProgrammeVersion): string[] {
  const places: { place: string; amount: Amount }[] = [
    { place: 'The suggestion', amount: suggestion },
    ...(ceiling === null ? [] : [{ place: 'The ceiling', amount: ceiling }]),
  ];
  const compared = refusals.flatMap(({ id, when }) =>
    amountsIn(when).map((amount) => ({ place: `The refusal ${id}`, amount })),
  );
  return [
    ...places.flatMap(({ place, amount }) => mentionFaults(place, mentionsOfAmount(amount), form)),
    ...[...places, ...compared].flatMap(({ place, amount }) => bandFaults(place, amount)),
    ...amountNodes(suggestion).flatMap((node) => capFaults(node, cap.maxFen)),
  ];
}

const bandFaults = (place: string, amount: Amount): string[] =>
  amountNodes(amount).flatMap((node) =>
    node.kind === 'bands'
      ? unrisen(node.bands.map(({ upToFen }) => upToFen)).map((fault) => `${place} has bands ${fault}.`)
      : [],
  );

function capFaults(node: Amount, capFen: number): string[] {
  if (node.kind === 'at-least' && node.fen > capFen) return ['The cap lies below the least sum that is suggested.'];
  if (node.kind !== 'bands') return [];
  const paying = node.bands.map(({ fen }) => fen).filter((fen) => fen > 0);
  return paying.length > 0 && Math.min(...paying) > capFen ? ['The cap lies below the smallest band.'] : [];
}
