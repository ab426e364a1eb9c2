import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../infra/local/step-functions/conformance.ts';
import { casesFolder, conformanceReport, knownDifferences } from '../../infra/local/step-functions/conformance.ts';

const report = await conformanceReport(casesFolder);

describe.skipIf(report === null)('promise 16: the local Step Functions answers as AWS did', () => {
  let recorded: Report;
  beforeAll(() => {
    recorded = report!;
  });

  test('in every recorded run but those listed by name', () => {
    const differing = recorded.runs.filter((run) => run.differences.length > 0).map((run) => run.id);
    expect(recorded.runs.length).toBeGreaterThanOrEqual(100);
    expect(differing.sort()).toEqual(Object.keys(knownDifferences).sort());
    expect(differing.length).toBeLessThanOrEqual(0.05 * recorded.runs.length);
    for (const reason of Object.values(knownDifferences)) expect(reason.length).toBeGreaterThan(20);
  });

  test('with the same causes, word for word', () => {
    expect(recorded.runs.map((run) => run.causeDiffers).filter((cause) => cause !== null)).toEqual([]);
  });

  test('refusing what AWS refused, in the same words', () => {
    expect(recorded.refusals.length).toBeGreaterThan(0);
    expect(recorded.refusals.filter((one) => one.differences.length > 0)).toEqual([]);
  });
});
