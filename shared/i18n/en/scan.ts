import type { scan as zh } from '../zh/scan.ts';
import { upload } from './upload.ts';

export const scan: typeof zh = {
  image: upload.image,
  document: upload.document,
  voucher: 'voucher',
  bankReceipt: 'bank’s receipt',
  title: (p) => `Scan of the ${p.what}`,
  required: 'Upload it first, then fill in the form. Whoever confirms, and the auditor, hold the entry against it.',
  optional: 'If you have one, upload it first, then fill in the form; you can go on without.',
  without: 'Go on without a scan',
  limits: 'A photograph taken with your phone will do if it can be read. JPG, PNG or PDF, at most 10 MB.',
  choose: (p) => `Choose a file: ${p.what}`,
  upload: (p) => `Upload the ${p.what}`,
  uploadAnother: (p) => `Upload another ${p.what}`,
  newWindow: ' (in a new window; fill in and send the form there, this page keeps the file it has)',
  uploaded: (p) => `Uploaded: ${p.kind}, ${p.size}.`,
  none: 'no scan',
  look: (p) => `Look at it (${p.size})`,
  alteredTitle: 'The scan is not what was recorded',
  altered:
    'This file is no longer the one that was recorded and proves nothing. Please tell the auditor and whoever runs the system.',
  missing: 'Upload the scan of the voucher first',
  fault: { ...upload.fault, gone: 'The uploaded file is no longer there; please upload it again.' },
};
