import type { GetObjectCommand, S3Client } from './client-s3.ts';

export const getSignedUrl = (
  s3: S3Client,
  command: GetObjectCommand,
  { expiresIn }: { readonly expiresIn: number },
): Promise<string> => s3.presign(command, expiresIn);
