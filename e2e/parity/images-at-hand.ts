const busybox = 'docker.io/library/busybox:1';
const python = 'docker.io/library/python:3.13-slim';

/** Images that the cluster has, for those that are nothing but a shell, or Python. */
const stands: readonly [RegExp, string][] = [
  [/^(busybox|alpine)(:[\w.]+)?$/, busybox],
  [/^python3?(:[\w.]+)?$/, python],
  [/^debian(:[\w.-]+)?$/, python],
];

/** The words that the image argosay knows (github.com/argoproj-labs/argosay), as a shell says them. */
const argosay = `
case "$1" in
  ""|echo) if [ "$#" -gt 2 ]; then mkdir -p "$(dirname "$3")"; echo "$2" > "$3"; else echo "\${2:-hello argo}"; fi;;
  cat) shift; cat "$@";;
  sleep) sleep "$2";;
  exit) exit "\${2:-0}";;
  *) exit 64;;
esac`;

/** Debian has Python under one name only, and what is left to chance has to fall the same way twice. */
const words: readonly [RegExp, string][] = [
  [/^python$/, 'python3'],
  [/\bimport random\b/, 'import random; random.seed(1)'],
];

/** A document of Kubernetes with every image that has a stand-in replaced by it. */
export function onImagesAtHand<T>(value: T): T;
export function onImagesAtHand(value: unknown): unknown {
  if (typeof value === 'string') return words.reduce((text, [pattern, stand]) => text.replace(pattern, stand), value);
  if (Array.isArray(value)) return value.map(onImagesAtHand);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, onImagesAtHand(inner)]),
  );
  const image = typeof copy['image'] === 'string' ? copy['image'].trim() : '';
  const stand = stands.find(([pattern]) => pattern.test(image));
  if (stand !== undefined) return { ...copy, image: stand[1] };
  if (!/^argoproj\/argosay(:\w+)?$/.test(image)) return copy;
  if ('command' in copy) return { ...copy, image: busybox };
  return { ...copy, image: busybox, command: ['sh', '-c', argosay, 'argosay'] };
}
