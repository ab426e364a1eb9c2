import { now } from '../../../shared/kernel/clock.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { loadAround } from '../../../shared/store/around-store.ts';
import { getAuthenticator, hashPrintedCode } from '../../../shared/store/authenticator-store.ts';
import {
  caseSummaries,
  findCaseByNumber,
  listCases,
  loadCaseFile,
  openRequestsOf,
  otherCasesOfHousehold,
} from '../../../shared/store/case-store.ts';
import { listFunds } from '../../../shared/store/fund-store.ts';
import { householdsOfPatch, membersOf } from '../../../shared/store/household-store.ts';
import { auditTrail, ledgerOfFund } from '../../../shared/store/journal-store.ts';
import { countHit } from '../../../shared/store/limit-store.ts';
import { resolveLink } from '../../../shared/store/link-store.ts';
import type { Store } from '../../../shared/store/open-store.ts';
import { payoutsByStatus } from '../../../shared/store/payout-store.ts';
import { getPerson } from '../../../shared/store/person-store.ts';
import { allProgrammes } from '../../../shared/store/programme-store.ts';
import { patches } from '../../../shared/store/register-store.ts';
import { itemsDue } from '../../../shared/store/scheduled-store.ts';
import {
  createSession,
  deleteSession,
  getSession,
  peekSignIn,
  useSignIn,
} from '../../../shared/store/session-store.ts';
import { findStaffByEmail, getStaffMember, listStaff } from '../../../shared/store/staff-store.ts';
import { hashTrackingCode } from '../../../shared/store/tracking-code-hash.ts';
import type { StaffStore } from './deps.ts';

/** The staff's port over the store. */
export const openStaffStore = (store: Store): StaffStore => ({
  loadCaseFile: (caseId) => loadCaseFile(store, caseId),
  loadAround: (file, { withoutFunds = false, ...known } = {}) =>
    loadAround(store, file, { now: now(), newId: randomId, withoutFunds, known }),
  findCaseByNumber: (text) => findCaseByNumber(store, text),
  otherCasesOfHousehold: (theCase) => otherCasesOfHousehold(store, theCase),
  caseSummaries: (caseIds) => caseSummaries(store, caseIds),
  listCases: (options) => listCases(store, options),
  openRequestsOf: (personId) => openRequestsOf(store, personId),
  itemsDue: (options) => itemsDue(store, options),
  payoutsByStatus: (status, options) => payoutsByStatus(store, status, options),
  funds: () => listFunds(store),
  ledgerOfFund: (fundId) => ledgerOfFund(store, fundId),
  auditTrail: (aggregate) => auditTrail(store, aggregate),
  programmes: async () => (await allProgrammes(store)).map(({ definition }) => definition),
  staff: () => listStaff(store),
  staffMember: (personId) => getStaffMember(store, personId),
  staffByEmail: (email) => findStaffByEmail(store, email),
  authenticatorOf: (personId) => getAuthenticator(store, personId),
  hashPrintedCode: (personId, plainCode) => hashPrintedCode(store, personId, plainCode),
  patches: () => patches(store),
  householdsOfPatch: (patchId) => householdsOfPatch(store, patchId),
  membersOf: (householdId, today) => membersOf(store, householdId, today),
  person: (personId) => getPerson(store, personId),
  resolveLink: (token, at) => resolveLink(store, token, at),
  createSession: async (personId, at, validMs) => (await createSession(store, { personId, now: at, validMs })).token,
  sessionPerson: async (token, at) => (await getSession(store, token, at))?.personId,
  endSession: (token) => deleteSession(store, token),
  peekSignIn: (token, at) => peekSignIn(store, token, at),
  useSignIn: (token, at) => useSignIn(store, token, at),
  isWithinLimit: async (key, windowSeconds, limit, at) =>
    (await countHit(store, key, { windowSeconds, limit }, at)).isWithin,
  hashTrackingCode: (plainCode) => hashTrackingCode(store, plainCode),
});
