/** Takes known secrets out of text. */
export interface Redactor {
  /** From now on `secret`, its base64 form and its URL-encoded form are replaced. Values too short to be a secret are ignored. */
  add(secret: string): void;
  redact(text: string): string;
}

/** Shorter values are words, not secrets; replacing them would garble every line. */
const shortestSecret = 4;
const replacement = '***';

export function createRedactor(secrets: Iterable<string> = []): Redactor {
  const forms = new Set<string>();
  const add = (secret: string): void => {
    if (secret.length < shortestSecret) return;
    for (const form of formsOf(secret)) forms.add(form);
  };
  for (const secret of secrets) add(secret);
  return {
    add,
    redact: (text) => longestFirst(forms).reduce((rest, form) => rest.replaceAll(form, replacement), text),
  };
}

function formsOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= shortestSecret * 2);
  return [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret), ...lines];
}

function longestFirst(forms: Set<string>): string[] {
  return [...forms].sort((a, b) => b.length - a.length);
}
