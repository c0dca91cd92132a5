import { keptAnswersIn } from './kept-answers.ts';

/** A process that keeps one answer again and again: `kept-writer <folder> <what> <times>`. */
const [folder = '', what = '', times = '0'] = process.argv.slice(2);
const kept = keptAnswersIn(folder);
const whole = what.repeat(50_000);
for (let at = 0; at < Number(times); at += 1) {
  await kept.write('answer', Buffer.from(whole));
  const read = await kept.read('answer');
  const text = read === undefined ? '' : Buffer.from(read).toString();
  if (text !== (text[0] ?? '').repeat(50_000)) process.exitCode = 1;
}
