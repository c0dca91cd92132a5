/** A token that changes while it is used. */
export interface TokenSource {
  /** The one to send now, made anew before it expires. */
  current(): Promise<string>;
  /** Another one than `refused`, which the forge has just answered with 401. */
  renewed(refused: string): Promise<string>;
}

/** A token that stays what it is, one that is made for each call, or a source that can renew it. */
export type GivenToken = string | (() => Promise<string>) | TokenSource | undefined;

export async function tokenNow(given: GivenToken): Promise<string | undefined> {
  if (typeof given === 'function') return given();
  return typeof given === 'object' ? given.current() : given;
}

/** `undefined` where there is no other one. */
export async function tokenAfterRefusal(given: GivenToken, refused: string | undefined): Promise<string | undefined> {
  return typeof given === 'object' && refused !== undefined ? given.renewed(refused) : undefined;
}
