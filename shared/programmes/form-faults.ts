import type { FormField, PlainField } from './form-field.ts';
import { mentionFaults } from './mention-faults.ts';
import { mentionsOfCondition } from './mentions.ts';
import type { ProgrammeVersion } from './programme-version.ts';
import { repeated } from './repeated.ts';

/** What is wrong with the questions, and with the papers asked for. */
export function formFaults({ form, papers, incident }: ProgrammeVersion): string[] {
  return [
    ...repeated(form.map(({ name }) => name)).map((name) => `The form has two fields named ${name}.`),
    ...form.flatMap((field, index) => [
      ...limitFaults(field, `The field ${field.name}`),
      // A question can only depend on what stands above it: whoever reads down the page has answered that already.
      ...(field.askedIf === undefined
        ? []
        : mentionFaults(
            `The condition of the field ${field.name}`,
            mentionsOfCondition(field.askedIf),
            form.slice(0, index),
          )),
    ]),
    ...incidentFaults(form, incident),
    ...repeated(papers.map(({ id }) => id)).map((id) => `Two papers have the id ${id}.`),
    ...papers.flatMap(({ id, atLeast, atMost, askedIf }) => [
      ...(atLeast > atMost ? [`The paper ${id} asks for at least ${atLeast} files but takes at most ${atMost}.`] : []),
      ...(askedIf === undefined
        ? []
        : mentionFaults(`The condition of the paper ${id}`, mentionsOfCondition(askedIf), form)),
    ]),
  ];
}

function limitFaults(field: FormField, place: string): string[] {
  switch (field.type) {
    case 'list':
      return [
        ...repeated(field.columns.map(({ name }) => name)).map((name) => `${place} has two columns named ${name}.`),
        ...field.columns.flatMap((column) => columnFaults(column, `The column ${field.name}.${column.name}`)),
      ];
    case 'money':
      return (field.minFen ?? 0) > field.maxFen ? [`${place} has a least sum above its highest.`] : [];
    case 'count':
      return field.min > field.max ? [`${place} has a least number above its highest.`] : [];
    case 'choice':
      return repeated(field.options.map(({ value }) => value)).map((value) => `${place} offers ${value} twice.`);
    case 'text':
      return field.pattern !== undefined && !isPattern(field.pattern)
        ? [`${place} has a pattern that cannot be read: ${field.pattern}`]
        : [];
    default:
      return [];
  }
}

const columnFaults = (column: PlainField, place: string): string[] => [
  ...limitFaults(column, place),
  ...(column.askedIf === undefined ? [] : [`${place} has a condition; every cell of a row is asked.`]),
];

function isPattern(pattern: string): boolean {
  try {
    new RegExp(`^(?:${pattern})$`, 'u');
    return true;
  } catch {
    return false;
  }
}

/** The date and the number make the key under which the cases of one event are found, so they are never left out. */
function incidentFaults(form: readonly FormField[], incident: ProgrammeVersion['incident']): string[] {
  if (incident === null) return [];
  const wanted = [
    { name: incident.dateField, what: 'date', types: ['date'] },
    { name: incident.placeField, what: 'place', types: ['text', 'long-text', 'choice'] },
    { name: incident.numberField, what: 'number', types: ['text'] },
  ];
  return wanted.flatMap(({ name, what, types }) => {
    const field = form.find((each) => each.name === name);
    if (field === undefined) return [`The incident takes its ${what} from ${name}, which the form does not have.`];
    if (!types.includes(field.type)) return [`The incident takes its ${what} from ${name}, which is ${field.type}.`];
    return field.required && field.askedIf === undefined
      ? []
      : [`The incident takes its ${what} from ${name}, which may be left out.`];
  });
}
