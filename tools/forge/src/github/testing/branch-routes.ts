import { failure, type Handler, invalid, known, page } from './call.ts';
import { branchJson, protectionJson } from './shapes.ts';

export const branchRoutes: Record<string, Handler> = {
  'GET :/branches': (call) =>
    page(
      call,
      [...known(call).branches.keys()].map((name) => branchJson(known(call), name)),
    ),
  'GET :/branches/*': (call) => {
    const name = call.rest[1] ?? '';
    if (!known(call).branches.has(name)) return failure(404, 'Branch not found');
    return { status: 200, body: branchJson(known(call), name) };
  },
  'GET :/branches/*/protection': (call) => {
    const rule = known(call).protections.get(call.rest[1] ?? '');
    return rule === undefined ? failure(404, 'Branch not protected') : { status: 200, body: protectionJson(rule) };
  },
  'PUT :/branches/*/protection': (call) => {
    const reviews = Object(call.body['required_pull_request_reviews']);
    const checks = Object(call.body['required_status_checks']);
    for (const field of ['required_status_checks', 'enforce_admins', 'required_pull_request_reviews', 'restrictions']) {
      if (!(field in call.body)) return failure(422, `Invalid request.\n\n"${field}" wasn't supplied.`);
    }
    const rule = { approvals: Number(reviews.required_approving_review_count ?? 0), contexts: checks.contexts ?? [] };
    known(call).protections.set(call.rest[1] ?? '', rule);
    return { status: 200, body: protectionJson(rule) };
  },
  'DELETE :/git/refs/heads/*': (call) => {
    const name = call.rest.slice(3).join('/');
    return known(call).branches.delete(name) ? { status: 204 } : invalid('Reference does not exist', 'Reference');
  },
};
