import { mentionFaults } from './mention-faults.ts';
import { mentionsOfCondition } from './mentions.ts';
import type { FundRule, OnceRule, ProgrammeVersion } from './programme-version.ts';
import { repeated } from './repeated.ts';

/** What is wrong with the rules of intake, with the cap's period and with the funds. */
export function ruleFaults(version: ProgrammeVersion): string[] {
  const { form, refusals, contradictions = [], once, cap, incident, funds } = version;
  return [
    ...repeated(refusals.map(({ id }) => id)).map((id) => `Two refusals have the id ${id}.`),
    ...refusals.flatMap(({ id, when }) => mentionFaults(`The refusal ${id}`, mentionsOfCondition(when), form)),
    ...repeated(contradictions.map(({ id }) => id)).map((id) => `Two contradictions have the id ${id}.`),
    ...contradictions.flatMap(({ id, field, when }) => [
      ...mentionFaults(`The contradiction ${id}`, mentionsOfCondition(when), form),
      ...(form.some(({ name }) => name === field)
        ? []
        : [`The contradiction ${id} is told at ${field}, which the form does not have.`]),
    ]),
    ...repeated(once.map(({ id }) => id)).map((id) => `Two once-only rules have the id ${id}.`),
    ...once.flatMap((rule) => onceFaults(rule, version)),
    ...(cap.per === 'incident' && incident === null
      ? ['The cap counts by incident, but the programme knows no incidents.']
      : []),
    ...fundFaults(funds),
  ];
}

const onceFaults = ({ id, key }: OnceRule, { form, incident }: ProgrammeVersion): string[] =>
  key.flatMap((part) => {
    if (part === 'household') return [];
    if (part === 'incident') {
      return incident === null
        ? [`The once-only rule ${id} is about an incident, but the programme knows no incidents.`]
        : [];
    }
    const field = form.find(({ name }) => name === part.field);
    if (field === undefined) {
      return [`The once-only rule ${id} names the field ${part.field}, which the form does not have.`];
    }
    return field.type === 'list' ? [`The once-only rule ${id} names ${part.field}, which is a list.`] : [];
  });

function fundFaults(funds: FundRule): string[] {
  const names = funds.kind === 'in-turn' ? funds.funds : funds.shares.map(({ fund }) => fund);
  const twice = repeated(names).map((name) => `The fund ${name} is named twice.`);
  if (funds.kind === 'in-turn') return twice;
  const percent = funds.shares.reduce((sum, share) => sum + share.percent, 0);
  return percent === 100 ? twice : [...twice, `The funds’ shares make ${percent} percent, not 100.`];
}
