import { amountFaults } from './amount-faults.ts';
import { formFaults } from './form-faults.ts';
import type { ProgrammeVersion } from './programme-version.ts';
import { stageFaults } from './stage-faults.ts';
import { ruleFaults } from './rule-faults.ts';

/**
 * Where a programme version contradicts itself, a sentence each; empty for a version that may be used. The schema has checked
 * the shape of every part before: this checks the parts against each other.
 */
export function programmeFaults(version: ProgrammeVersion): string[] {
  return [...formFaults(version), ...ruleFaults(version), ...amountFaults(version), ...stageFaults(version)];
}
