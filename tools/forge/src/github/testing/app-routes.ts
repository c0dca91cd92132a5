import { type KeyObject, verify } from 'node:crypto';
import type { Answer, Call, Routes } from '../../testing/stand-in-server.ts';
import { failure, type GitHubWorld } from './model.ts';

/** An App that is installed, as far as the stand-in has to know it. */
export interface AppModel {
  id: string;
  publicKey: KeyObject;
  installationId: number;
  /** Repositories that it is installed for: `metasync/cart`. */
  installedFor: readonly string[];
  now(): Date;
  /** Tokens by the time they expire at. */
  issued: Map<string, number>;
  refusesTokens: boolean;
}

export const appRoutes: Routes<GitHubWorld> = {
  'GET /api/v3/repos/:owner/:repo/installation': (call, { app }) => {
    if (app?.installedFor.includes(`${call.at('owner')}/${call.at('repo')}`) !== true) return failure(404, 'Not Found');
    return { status: 200, body: { id: app.installationId, app_id: Number(app.id), target_type: 'Organization' } };
  },
  'POST /api/v3/app/installations/:id/access_tokens': (call, { app }) => {
    if (app === undefined || call.at('id') !== String(app.installationId)) return failure(404, 'Not Found');
    const token = `ghs_installation_${app.issued.size + 1}`;
    const expiresAt = app.now().getTime() + 3_600_000;
    app.issued.set(token, expiresAt);
    return { status: 201, body: { token, expires_at: new Date(expiresAt).toISOString().replace('.000', '') } };
  },
};

/** What GitHub refuses of a JWT: a wrong signature, a wrong App, one that lives too long or is not valid now. */
export function refuseApp(call: Omit<Call, 'at'>, app: AppModel): Answer | undefined {
  const token = (call.headers.authorization ?? '').replace(/^Bearer /, '');
  const isForApp = call.path.startsWith('/api/v3/app/') || call.path.endsWith('/installation');
  if (!isForApp) {
    const isKnown = (app.issued.get(token) ?? 0) > app.now().getTime() && !app.refusesTokens;
    return isKnown ? undefined : failure(401, 'Bad credentials');
  }
  const [head = '', body = '', signature = ''] = token.split('.');
  const isSigned = verify('sha256', Buffer.from(`${head}.${body}`), app.publicKey, Buffer.from(signature, 'base64url'));
  const read = (part: string): Record<string, unknown> =>
    part === '' ? {} : JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  if (!isSigned || read(head)['alg'] !== 'RS256') return failure(401, 'A JSON web token could not be decoded');
  const { iat, exp, iss } = read(body);
  const now = app.now().getTime() / 1000;
  const isValid = Number(iat) <= now && Number(exp) > now && Number(exp) - Number(iat) <= 600 && iss === app.id;
  return isValid ? undefined : failure(401, "'Expiration time' claim ('exp') is too far in the future");
}
