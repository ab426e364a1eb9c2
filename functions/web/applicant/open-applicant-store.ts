import { findCaseByNumber, casesOnNotice, loadCaseFile } from '../../../shared/store/case-store.ts';
import { loadAround } from '../../../shared/store/around-store.ts';
import { nextCaseNumber } from '../../../shared/store/case-counters-store.ts';
import { loadDraft, saveDraft } from '../../../shared/store/draft-store.ts';
import { listFunds } from '../../../shared/store/fund-store.ts';
import { countHit } from '../../../shared/store/limit-store.ts';
import type { Store } from '../../../shared/store/open-store.ts';
import { currentProgrammes, getProgrammeVersion } from '../../../shared/store/programme-store.ts';
import { ensureHousehold, ensureIncident, patches } from '../../../shared/store/register-store.ts';
import { saveChanges } from '../../../shared/store/save-changes.ts';
import { listStaff } from '../../../shared/store/staff-store.ts';
import { hashTrackingCode, trackingCodeHashOf } from '../../../shared/store/tracking-code-hash.ts';
import type { ApplicantStore } from './deps.ts';
import { draftSchema } from './draft.ts';

/** The applicants' port over the store. */
export const openApplicantStore = (store: Store): ApplicantStore => ({
  currentProgrammes: (today) => currentProgrammes(store, today),
  programme: (id, version) => getProgrammeVersion(store, id, version),
  patches: () => patches(store),
  funds: () => listFunds(store),
  staff: () => listStaff(store),
  loadDraft: async (secret, now) => {
    const content = await loadDraft(store, secret, now);
    return content === undefined ? undefined : draftSchema.parse(JSON.parse(content));
  },
  saveDraft: (draft, now) => saveDraft(store, draft.secret, JSON.stringify(draft), now),
  householdFor: async ({ name, idNumber, phone, patchId: patchAsked }, around) => {
    const found = await ensureHousehold(store, { name, idNumber, phone, patchId: patchAsked }, around);
    const { householdId, patchId, standing } = found.household;
    return { householdId, patchId, standing, beneficiaryId: found.personId, isOnRegister: found.isOnRegister };
  },
  recordIncident: async (incident) => {
    await ensureIncident(store, incident);
  },
  nextCaseNumber: (prefix, year) => nextCaseNumber(store, prefix, year),
  createCase: async (changes) => {
    const saved = await saveChanges(store, undefined, changes, { funds: [] });
    if (saved.kind === 'saved') return saved.file;
    if (saved.kind === 'exists') return undefined;
    throw new Error(`a new case could not be saved: ${saved.kind}`);
  },
  loadCaseFile: (caseId) => loadCaseFile(store, caseId),
  aroundCase: (file, around) => loadAround(store, file, around),
  findCaseByNumber: (caseNumber) => findCaseByNumber(store, caseNumber),
  casesOnNotice: async () => {
    const summaries = await casesOnNotice(store);
    const files = await Promise.all(summaries.map(({ caseId }) => loadCaseFile(store, caseId)));
    return files.filter((file) => file !== undefined);
  },
  trackingCodeHashOf: (caseId) => trackingCodeHashOf(store, caseId),
  hashTrackingCode: (plainCode) => hashTrackingCode(store, plainCode),
  isWithinLimit: async (key, windowSeconds, limit, now) =>
    (await countHit(store, key, { windowSeconds, limit }, now)).isWithin,
});
