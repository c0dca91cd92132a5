import { json, type Reply } from '../server/reply.ts';

/** Codes of the distribution specification, section "Error Codes". */
export type RegistryErrorCode =
  | 'BLOB_UNKNOWN'
  | 'BLOB_UPLOAD_INVALID'
  | 'BLOB_UPLOAD_UNKNOWN'
  | 'DIGEST_INVALID'
  | 'MANIFEST_BLOB_UNKNOWN'
  | 'MANIFEST_INVALID'
  | 'MANIFEST_UNKNOWN'
  | 'NAME_INVALID'
  | 'NAME_UNKNOWN'
  | 'SIZE_INVALID'
  | 'UNAUTHORIZED'
  | 'UNSUPPORTED';

export function refuse(
  status: number,
  code: RegistryErrorCode,
  message: string,
  headers: Record<string, string> = {},
): Reply {
  return json(status, { errors: [{ code, message, detail: null }] }, headers);
}
