import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Changes, type Files, textFile } from './files.ts';
import { lineDiff } from './line-diff.ts';
import { unifiedDiff } from './unified-diff.ts';

function diff(before: Record<string, string>, after: Record<string, string | undefined>): string {
  const files: Files = new Map(Object.entries(before).map(([path, text]) => [path, textFile(text)]));
  const changes: Changes = new Map(
    Object.entries(after).map(([path, text]) => [path, text === undefined ? undefined : textFile(text)]),
  );
  return unifiedDiff(files, changes);
}

test('one changed line is shown with three lines around it', () => {
  expect(diff({ a: '1\n2\n3\n4\n5\n6\n7\n8\n9' }, { a: '1\n2\n3\n4\nfive\n6\n7\n8\n9' })).toBe(`diff --git a/a b/a
--- a/a
+++ b/a
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
`);
});

test('new, deleted and binary files, and a missing newline at the end, are said', () => {
  expect(
    diff({ gone: 'x\n', bytes: '\0' }, { bytes: '\0\0', gone: undefined, made: 'y' }),
  ).toBe(`diff --git a/bytes b/bytes
Binary files a/bytes and b/bytes differ
diff --git a/gone b/gone
deleted file mode 100644
--- a/gone
+++ /dev/null
@@ -1,1 +0,0 @@
-x
diff --git a/made b/made
new file mode 100644
--- /dev/null
+++ b/made
@@ -0,0 +1,1 @@
+y
\\ No newline at end of file
`);
});

test('what is the same and added is the new text; what is the same and removed is the old one', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  const property = fc.property(lines, lines, (before, after) => {
    const runs = lineDiff(before, after);

    expect(runs.flatMap((run) => (run.kind === 'added' ? [] : run.lines))).toEqual(before);
    expect(runs.flatMap((run) => (run.kind === 'removed' ? [] : run.lines))).toEqual(after);
  });

  fc.assert(property);
});
