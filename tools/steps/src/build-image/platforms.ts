import { InputError } from '@luban-ci/core';
import type { Platform } from '@luban-ci/images';

/** `linux/arm64/v8` as the parts of an image index. @throws InputError naming the one that is no platform */
export function platformsOf(texts: readonly string[]): Platform[] {
  return texts.map((text) => {
    const [os = '', architecture = '', variant, ...rest] = text.split('/');
    if (os === '' || architecture === '' || rest.length > 0 || /[^\w/.-]/.test(text)) {
      throw new InputError(`${JSON.stringify(text)} is no platform`, [
        { field: 'platforms', expected: 'expected <os>/<architecture>, for example linux/arm64' },
      ]);
    }
    return { os, architecture, ...(variant === undefined ? {} : { variant }) };
  });
}
