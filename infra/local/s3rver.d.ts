declare module 's3rver' {
  import type { Server } from 'node:http';
  import type { Readable } from 'node:stream';

  type Metadata = Record<string, unknown>;

  /** The part of s3rver that the local runtime uses; the package ships no types. */
  class S3rver {
    constructor(options: {
      address: string;
      port: number;
      silent: boolean;
      directory: string;
      vhostBuckets: boolean;
      allowMismatchedSignatures: boolean;
      configureBuckets: { name: string; configs?: string[] }[];
    });
    httpServer: Server;
    store: S3rver.ObjectStore;
    run(): Promise<unknown>;
    close(): Promise<void>;
  }
  namespace S3rver {
    /** Where it keeps objects: a file each for the content, its checksum and its metadata. */
    interface ObjectStore {
      getResourcePath(bucket: string, key: string, kind: 'object' | 'object.md5' | 'metadata.json'): string;
      putMetadata(bucket: string, key: string, metadata: Metadata, md5?: string): Promise<void>;
      putObject(object: {
        bucket: string;
        key: string;
        content: Buffer | Readable;
        metadata: Metadata;
      }): Promise<{ size: number; md5: string }>;
      getObject(bucket: string, key: string, options?: { start?: number; end?: number }): Promise<unknown>;
      copyObject(
        fromBucket: string,
        fromKey: string,
        toBucket: string,
        toKey: string,
        metadata: Metadata | null,
      ): Promise<Metadata>;
    }
  }
  export = S3rver;
}
