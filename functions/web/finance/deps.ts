import type { StaffDeps } from '../staff/deps.ts';
import type { BatchesPort } from './batches-port.ts';

/** What the pages of finance ask for besides what all pages of the staff do. */
export type FinanceDeps = StaffDeps & {
  readonly batches: BatchesPort;
  /** The files of batches and of banks, by their key. */
  readonly files: {
    /** `sha256` in hex, which the bucket holds the bytes against. */
    readonly put: (objectKey: string, bytes: Uint8Array, sha256: string) => Promise<void>;
    readonly get: (objectKey: string) => Promise<Uint8Array>;
  };
};
