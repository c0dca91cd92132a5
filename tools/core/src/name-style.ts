export type NameStyle = 'kebab' | 'snake' | 'screaming-snake';

/**
 * Contract keys are camelCase; every host spells them its own way. This is the one place that converts.
 *
 * @example inStyle('repoUrl', 'kebab') // repo-url, a flag or an action input
 * @example inStyle('repoUrl', 'snake') // repo_url, a workflow parameter
 * @example inStyle('repoUrl', 'screaming-snake') // REPO_URL, in the environment
 */
export function inStyle(camelCase: string, style: NameStyle): string {
  const words = camelCase
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim()
    .split(' ');
  if (style === 'kebab') return words.join('-');
  const snake = words.join('_');
  return style === 'snake' ? snake : snake.toUpperCase();
}

/** The way back: `repo-url`, `repo_url` or `REPO_URL` to `repoUrl`. */
export function toCamelCase(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
