/** Collects text until a line is whole, so that a secret is not torn in two before it is taken out. */
export interface LineBuffer {
  add(chunk: string): void;
  /** Passes on what is left. */
  end(): void;
}

export function createLineBuffer(pass: (text: string) => void): LineBuffer {
  let rest = '';
  return {
    add: (chunk) => {
      const text = rest + chunk;
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      rest = text.slice(whole.length);
      if (whole !== '') pass(whole);
    },
    end: () => {
      if (rest !== '') pass(rest);
      rest = '';
    },
  };
}
