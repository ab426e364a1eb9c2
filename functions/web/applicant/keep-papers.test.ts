import { expect, test } from 'vitest';
import { caseIdSchema } from '../../../shared/kernel/ids.ts';
import { asInstant } from '../../../shared/kernel/time.ts';
import { applicantPorts } from '../../../test/support/applicant-ports.ts';
import { keepPapers } from './keep-papers.ts';

const caseId = caseIdSchema.parse('C1');
const from = 'drafts/D1/invoice/F1';
const png = (last: number) => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, last]);
const file = {
  paperId: 'invoice',
  fileId: 'F1',
  objectKey: from,
  contentType: 'image/png' as const,
  sizeBytes: 9,
  uploadedAt: asInstant('2016-03-01T01:00:00.000Z'),
};

test('files are kept from the listing of the same request, and what changes after it is not', async () => {
  const { deps, objects, looked } = applicantPorts();
  objects.set(from, png(1));
  const listed = await deps.evidence.list('drafts/D1/');
  const [{ etag = '' } = {}] = listed;
  const collected = { draft: { seen: { [from]: etag } }, objects: listed };
  expect(await keepPapers(deps, caseId, collected, [file])).toEqual([{ ...file, objectKey: 'cases/C1/invoice/F1' }]);
  expect(looked).toEqual([]);

  objects.set(from, png(2));
  expect(await keepPapers(deps, caseId, collected, [file])).toEqual([]);
  expect(objects.get('cases/C1/invoice/F1')).toEqual(png(1));
});

test('what came by the same form since it was seen is looked at again', async () => {
  const { deps, objects, looked } = applicantPorts();
  objects.set(from, png(2));
  const collected = { draft: { seen: { [from]: 'older' } }, objects: await deps.evidence.list('drafts/D1/') };
  expect(await keepPapers(deps, caseId, collected, [file])).toHaveLength(1);
  expect(looked).toEqual([from]);
});
