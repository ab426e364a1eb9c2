import { noAudit } from '../../shared/kernel/audit.ts';
import { personIdSchema } from '../../shared/kernel/ids.ts';
import { addMs } from '../../shared/kernel/time.ts';
import type { Authenticator } from '../../shared/register/authenticator.ts';
import { codeOfStep, newTotpSecret, stepOf } from '../../shared/register/totp.ts';
import type { staffPorts } from './staff-ports.ts';

type Ports = Pick<ReturnType<typeof staffPorts>, 'authenticators' | 'clock'>;

/** Somebody with an authenticator in use, and ten recovery codes `AAAAAAAAA0` to `AAAAAAAAA9`. */
export function withAuthenticator(ports: Ports, person: string): Authenticator {
  const personId = personIdSchema.parse(person);
  const authenticator: Authenticator = {
    personId,
    status: 'active',
    secret: newTotpSecret(),
    lastStep: 0,
    wrongTries: 0,
    recoveryHashes: Array.from({ length: 10 }, (_, index) => `hash of AAAAAAAAA${index} of ${person}`),
    version: 1,
    audit: noAudit,
  };
  ports.authenticators.set(personId, authenticator);
  return authenticator;
}

/** What a person's app shows that they have not used yet; half a minute goes by where it shows nothing new. */
export function freshCode(ports: Ports, person: string): string {
  const personId = personIdSchema.parse(person);
  const known = ports.authenticators.get(personId) ?? withAuthenticator(ports, person);
  if (stepOf(ports.clock.now) <= known.lastStep) ports.clock.now = addMs(ports.clock.now, 30_000);
  return codeOfStep(known.secret ?? '', stepOf(ports.clock.now));
}
