import type { Words } from '../kernel/fen-schema.ts';
import { type Fen, fen, formatYuan, leastFen } from '../kernel/money.ts';
import { amountOf, type ExplanationLine, type Facts } from '../programmes/evaluate.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';

/** `suggestedFen` is never above `mostFen`, and `mostFen` is what nobody may go beyond. */
export type Suggestion = {
  readonly suggestedFen: Fen;
  readonly mostFen: Fen;
  readonly lines: readonly ExplanationLine[];
};

/**
 * What the programme suggests for an application and the most that it allows. `alreadyAwardedFen` is what the household was
 * awarded under this programme in the cap's period. The lines explain the suggestion in order; every limit that lowered it
 * adds a line of its own.
 */
export function suggestAmount(version: ProgrammeVersion, facts: Facts, alreadyAwardedFen: Fen): Suggestion {
  const suggestion = amountOf(version.suggestion, facts);
  const lines: ExplanationLine[] = [...suggestion.lines];
  let suggestedFen = suggestion.amountFen;

  const capFen = fen(Math.max(0, version.cap.maxFen - alreadyAwardedFen));
  const ceiling = version.ceiling === null ? undefined : amountOf(version.ceiling, facts);
  const mostFen = ceiling === undefined ? capFen : leastFen(ceiling.amountFen, capFen);

  if (ceiling !== undefined && ceiling.amountFen < suggestedFen) {
    suggestedFen = ceiling.amountFen;
    const isNew = (line: ExplanationLine) => !lines.some((known) => known.label.zh === line.label.zh);
    lines.push(...ceiling.lines.filter(isNew));
    if (version.ceiling?.label === undefined) lines.push({ label: ceilingLabel, amountFen: suggestedFen });
  }
  if (capFen < suggestedFen) {
    suggestedFen = capFen;
    lines.push({ label: capLabel(version, alreadyAwardedFen), amountFen: suggestedFen });
  }
  return { suggestedFen, mostFen, lines };
}

const ceilingLabel: Words = {
  zh: '不超过本项目规定的上限',
  en: 'Never more than the programme’s ceiling',
};

function capLabel({ cap }: ProgrammeVersion, alreadyAwardedFen: Fen): Words {
  const most = formatYuan(fen(cap.maxFen));
  const period = periodWords(cap.per);
  const had =
    alreadyAwardedFen === 0
      ? { zh: '', en: '' }
      : {
          zh: `，其中已救助 ${formatYuan(alreadyAwardedFen)} 元`,
          en: `, of which ${formatYuan(alreadyAwardedFen)} yuan awarded before`,
        };
  return {
    zh: `每户${period.zh}最多 ${most} 元${had.zh}`,
    en: `At most ${most} yuan a household ${period.en}${had.en}`,
  };
}

function periodWords(per: ProgrammeVersion['cap']['per']): Words {
  if (per === 'calendar-year') return { zh: '每年', en: 'a year' };
  if (per === 'incident') return { zh: '每次事故', en: 'for one incident' };
  return { zh: `每 ${per.months} 个月`, en: `in ${per.months} months` };
}
