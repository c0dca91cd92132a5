/** Each piece of work begins when the one before is over, well or badly. */
export function oneAtATime(): <Answer>(work: () => Promise<Answer>) => Promise<Answer> {
  let before: Promise<unknown> = Promise.resolve();
  return (work) => {
    const working = before.then(work);
    before = working.catch(() => {});
    return working;
  };
}
