import { createHash } from 'node:crypto';
import { type Around, type CaseFile, newCaseFile } from '../../shared/cases/case-file.ts';
import { householdIdSchema, patchIdSchema, personIdSchema } from '../../shared/kernel/ids.ts';
import { zeroFen } from '../../shared/kernel/money.ts';
import { asInstant, epochMsOf } from '../../shared/kernel/time.ts';
import { seedProgrammes } from '../../shared/programmes/seeds/index.ts';
import type { ApplicantDeps } from '../../functions/web/applicant/deps.ts';
import type { Draft } from '../../functions/web/applicant/draft.ts';

const etagOf = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** The applicants' ports in memory: enough for pages. What the store promises is proved where the store is tested. */
export function applicantPorts() {
  const drafts = new Map<string, Draft>();
  const cases = new Map<string, CaseFile>();
  const objects = new Map<string, Uint8Array>();
  const hits = new Map<string, number>();
  const sent: unknown[] = [];
  const looked: string[] = [];
  const clock = { now: asInstant('2016-10-08T02:00:00.000Z') };
  let made = 0;
  const aroundOf = (file: CaseFile): Around => ({
    now: clock.now,
    newId: deps.newId,
    programme: seedProgrammes.find(({ id }) => id === file.case.programmeId)!,
    staff: [],
    interests: new Map(),
    funds: [],
    batches: [],
    awardedFen: zeroFen,
    capKey: 'cap',
  });
  const deps: ApplicantDeps = {
    store: {
      currentProgrammes: async () => seedProgrammes,
      programme: async (id, version) => seedProgrammes.find((each) => each.id === id && each.version === version),
      patches: async () => [
        { patchId: patchIdSchema.parse('north'), name: { zh: '北片', en: 'North' }, units: ['制盐一厂', '养殖公司'] },
      ],
      funds: async () => [],
      staff: async () => [],
      loadDraft: async (secret) => drafts.get(secret),
      saveDraft: async (draft) => {
        drafts.set(draft.secret, draft);
      },
      householdFor: async ({ patchId }) => ({
        householdId: householdIdSchema.parse('H1'),
        patchId,
        beneficiaryId: personIdSchema.parse('P1'),
        standing: 'none',
        isOnRegister: false,
      }),
      recordIncident: async () => undefined,
      nextCaseNumber: async (prefix, year) => `${prefix}-${year}-0000${++made}`,
      createCase: async ({ case: it }) => {
        if (cases.has(it.caseId)) return undefined;
        const file = newCaseFile(it);
        cases.set(it.caseId, file);
        return file;
      },
      loadCaseFile: async (caseId) => cases.get(caseId),
      aroundCase: async (file) => aroundOf(file),
      findCaseByNumber: async (number) =>
        [...cases.values()].find((file) => file.case.caseNumber === number.trim().toUpperCase())?.case.caseId,
      casesOnNotice: async () =>
        [...cases.values()].filter(({ case: { status } }) => status === 'on-notice' || status === 'under-objection'),
      trackingCodeHashOf: async (caseId) => cases.get(caseId)?.case.trackingCodeHash,
      hashTrackingCode: async (code) => `hash-of-${code}`,
      isWithinLimit: async (name, windowSeconds, limit, now) => {
        const key = `${name} ${Math.floor(epochMsOf(now) / 1000 / windowSeconds)}`;
        hits.set(key, (hits.get(key) ?? 0) + 1);
        return (hits.get(key) ?? 0) <= limit;
      },
    },
    actOnCase: async (caseId, decide) => {
      const file = cases.get(caseId);
      if (file === undefined) return { kind: 'unknown-case' };
      const decided = decide(file, aroundOf(file));
      if (decided.kind === 'refused') return decided;
      const { case: theCase, objections = [], scheduled = file.scheduled } = decided.changes;
      const after = { ...file, case: theCase, scheduled, objections: [...file.objections, ...objections] };
      cases.set(caseId, after);
      return { kind: 'done', file: after, changes: decided.changes };
    },
    sendOutbox: async (changes) => {
      sent.push(...(changes.outbox ?? []));
    },
    evidence: {
      uploadForm: async (key, backTo) => ({
        action: 'https://bucket.example/',
        fields: { key, success_action_redirect: backTo },
      }),
      list: async (prefix) =>
        [...objects]
          .filter(([key]) => key.startsWith(prefix))
          .map(([objectKey, bytes]) => ({ objectKey, sizeBytes: bytes.length, etag: etagOf(bytes) })),
      look: async (objectKey) => {
        const bytes = objects.get(objectKey);
        if (bytes === undefined) return undefined;
        looked.push(objectKey);
        return { objectKey, sizeBytes: bytes.length, etag: etagOf(bytes), firstBytes: bytes.subarray(0, 8) };
      },
      remove: async (key) => {
        objects.delete(key);
      },
      copy: async ({ objectKey, etag }, to) => {
        const bytes = objects.get(objectKey);
        if (bytes === undefined || etagOf(bytes) !== etag) return false;
        objects.set(to, bytes);
        return true;
      },
    },
    siteUrl: 'https://relief.example',
    now: () => clock.now,
    newId: () => `N${String(++made).padStart(6, '0')}`,
    secrets: { csrf: 'csrf secret', session: 'session secret' },
  };
  return { deps, drafts, cases, objects, looked, sent, clock };
}
