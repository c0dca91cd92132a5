import { piecesOf } from '@luban-ci/argo-local';
import { messageOf } from '@luban-ci/core';
import { below, type Place } from './documents.ts';

/** A text somewhere in a structure. */
export interface PlacedText {
  text: string;
  place: Place;
}

/** Every text in a value, with its place. `leaveOut` are keys of the top level. */
export function textsIn(value: unknown, place: Place, leaveOut: readonly string[] = []): PlacedText[] {
  if (typeof value === 'string') return [{ text: value, place }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => !leaveOut.includes(key))
    .flatMap(([key, inner]) => textsIn(inner, below(place, Array.isArray(value) ? Number(key) : key)));
}

/** Names that the tags of a text refer to, those in expressions included; or why it cannot be read. */
export function namesIn(text: string): { names: string[]; problem?: string } {
  try {
    return {
      names: piecesOf(text).flatMap((piece) => {
        if (piece.is === 'plain') return [];
        return piece.is === 'name' ? [piece.name] : namesInExpression(piece.text);
      }),
    };
  } catch (error) {
    return { names: [], problem: messageOf(error) };
  }
}

/** `steps['build-it'].outputs.result` is the name `steps.build-it.outputs.result`. */
export function namesInExpression(expression: string): string[] {
  const dotted = expression.replaceAll(/\[\s*(['"])([^'"]+)\1\s*\]/g, '.$2');
  return dotted.match(/(?<![\w.'"])(?:inputs|outputs|workflow|steps|tasks|item)(?:\.[\w-]+)+/g) ?? [];
}
