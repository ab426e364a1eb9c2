import { createHash } from 'node:crypto';
import { type IncidentId, incidentIdSchema } from '../kernel/ids.ts';
import { localDateSchema } from '../kernel/time.ts';
import type { Answers } from '../programmes/form-field.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import { normalisedKeyPart } from './key-part.ts';

/**
 * The incident behind an application: the same for all who name the same day and the same number, however they typed it.
 * Undefined if the programme knows no incidents or the application does not name one. The number is hashed because it may
 * hold Chinese characters and brackets, which ids do not.
 */
export function incidentIdOf(version: ProgrammeVersion, answers: Answers): IncidentId | undefined {
  if (version.incident === null) return undefined;
  const date = localDateSchema.safeParse(answers[version.incident.dateField]);
  const number = normalisedKeyPart(answers[version.incident.numberField]);
  if (!date.success || number === '') return undefined;
  const digest = createHash('sha256').update(number).digest('hex').slice(0, 20);
  return incidentIdSchema.parse(`${date.data}-${digest}`);
}
