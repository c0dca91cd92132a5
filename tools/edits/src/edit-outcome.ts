import type { Changes } from './files.ts';
import type { RecordEntry } from './record.ts';

/** What applying one edit to some files comes to. `notes` are sentences worth saying to people. */
export type EditOutcome =
  | { outcome: 'changed'; changes: Changes; notes: string[] }
  | { outcome: 'unchanged'; why: 'same content' | 'same request'; notes: string[] }
  | { outcome: 'superseded'; by: RecordEntry; notes: string[] };
