import type { Context } from 'hono';
import {
  type CaseId,
  caseIdSchema,
  type PersonId,
  personIdSchema,
  type RequestId,
  requestIdSchema,
} from '../../../shared/kernel/ids.ts';
import { addHours } from '../../../shared/kernel/time.ts';
import { openSigned, readHostCookie, setHostCookie, signValue } from '../../../shared/web/cookies.ts';
import type { StaffDeps } from '../staff/deps.ts';

/** What lets a browser answer one request for one person. It names the generation of the link: a newer link ends it. */
export type DecisionPass = {
  readonly caseId: CaseId;
  readonly requestId: RequestId;
  readonly personId: PersonId;
  readonly generation: number;
};

const purpose = 'decide';
const passHours = 2;

/** A cookie a request: two mails open side by side never mix. */
const cookieOf = (requestId: string): string => `decide-${requestId}`;

export function givePass(c: Context, deps: StaffDeps, pass: DecisionPass): void {
  const { caseId, requestId, personId, generation } = pass;
  const until = addHours(deps.now(), passHours);
  const value = [caseId, requestId, personId, generation, until].join('|');
  setHostCookie(c, cookieOf(requestId), signValue(deps.secrets.session, purpose, value), passHours * 3600);
}

/** The pass of this browser for this request, unless its two hours are over. */
export function readPass(c: Context, deps: StaffDeps, requestId: RequestId): DecisionPass | undefined {
  const value = openSigned(deps.secrets.session, purpose, readHostCookie(c, cookieOf(requestId)));
  const [caseId, forRequest, personId, generation, until] = value?.split('|') ?? [];
  if (forRequest !== requestId || until === undefined || until <= deps.now()) return undefined;
  return {
    caseId: caseIdSchema.parse(caseId),
    requestId: requestIdSchema.parse(forRequest),
    personId: personIdSchema.parse(personId),
    generation: Number(generation),
  };
}
