import type { DAGTask } from '@luban-ci/argo-workflows-schema';
import { InputError } from '@luban-ci/core';

/** What a DAG task waits for, and the question it then asks. */
export interface Depends {
  tasks: string[];
  /** Parsed logic; every leaf is `<task>.<Result>`. */
  decide(holds: (task: string, result: string) => boolean): boolean;
}

export const taskResults = [
  'Succeeded',
  'Failed',
  'Errored',
  'Skipped',
  'Omitted',
  'Daemoned',
  'AnySucceeded',
  'AllFailed',
];

type Logic = (holds: (task: string, result: string) => boolean) => boolean;

/**
 * Reads `dependencies` or `depends` of a task. A task's bare name means that it succeeded, was skipped or runs as a
 * daemon, and also failed or errored where it says `continueOn` (workflow/common/ancestry.go).
 *
 * @throws InputError for a task or result that is not there, or logic that cannot be read
 */
export function dependsOf(task: DAGTask, all: readonly DAGTask[]): Depends {
  const text = task.depends ?? (task.dependencies ?? []).join(' && ');
  if (text === '') return { tasks: [], decide: () => true };
  const tokens = text.match(/[A-Za-z0-9][-\w]*(?:\.[A-Za-z]+)?|&&|\|\||[!()]|\S/g) ?? [];
  const mentioned = new Set<string>();
  const leaf = (word: string): Logic => leafLogic(word, task.name, all, mentioned);
  const decide = createLogicParser(tokens, leaf, `dag.tasks[${task.name}].depends "${text}"`)();
  return { tasks: [...mentioned], decide };
}

function leafLogic(word: string, taskName: string, all: readonly DAGTask[], mentioned: Set<string>): Logic {
  const [name = '', result] = word.split('.');
  const task = all.find((each) => each.name === name);
  if (task === undefined)
    throw new InputError(`dag.tasks[${taskName}] depends on ${name}, which is not a task of this dag`);
  mentioned.add(name);
  if (result === undefined) {
    const accepted = bareResults(task);
    return (holds) => accepted.some((each) => holds(name, each));
  }
  if (!taskResults.includes(result)) {
    throw new InputError(`dag.tasks[${taskName}] asks for ${word}; results are ${taskResults.join(', ')}`);
  }
  return (holds) => holds(name, result);
}

function bareResults({ continueOn }: DAGTask): string[] {
  return [
    ...['Succeeded', 'Skipped', 'Daemoned'],
    ...(continueOn?.error === true ? ['Errored'] : []),
    ...(continueOn?.failed === true ? ['Failed'] : []),
  ];
}

function createLogicParser(tokens: readonly string[], leaf: (word: string) => Logic, where: string): () => Logic {
  let at = 0;
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at += 1;
    return true;
  };
  const either = (): Logic => {
    const parts = [both()];
    while (take('||')) parts.push(both());
    return (holds) => parts.some((part) => part(holds));
  };
  const both = (): Logic => {
    const parts = [single()];
    while (take('&&')) parts.push(single());
    return (holds) => parts.every((part) => part(holds));
  };
  const single = (): Logic => {
    if (take('!')) {
      const inner = single();
      return (holds) => !inner(holds);
    }
    if (take('(')) {
      const inner = either();
      if (!take(')')) throw new InputError(`${where} has a parenthesis that is not closed`);
      return inner;
    }
    const word = tokens[at] ?? '';
    at += 1;
    if (!/^\w/.test(word)) throw new InputError(`${where} cannot be read at "${word}"`);
    return leaf(word);
  };
  return () => {
    const logic = either();
    if (at < tokens.length) throw new InputError(`${where} cannot be read at "${tokens[at]}"`);
    return logic;
  };
}
