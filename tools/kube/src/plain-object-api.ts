import { ApiException, KubernetesObjectApi, type RequestContext } from '@kubernetes/client-node';

/** One call about one kind of object. */
export interface PlainCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** What the path is for; it ends with the kind's plural for `create` and `list`, with the object's name otherwise. */
  action: 'create' | 'delete' | 'list' | 'patch' | 'read' | 'replace';
  object: { apiVersion: string; kind: string; metadata: { name?: string | undefined; namespace?: string | undefined } };
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  contentType?: string;
}

/**
 * The official client's addresses, authentication and TLS, with JSON as the cluster speaks it. The client's own classes
 * rename what is a word of TypeScript (`from` of a NetworkPolicy becomes `_from`), turn times into dates and lose fields
 * that they do not know, so that what was read could not be compared with what was meant.
 */
export class PlainObjectApi extends KubernetesObjectApi {
  async call(given: PlainCall): Promise<unknown> {
    const { method, action, object, query = {}, body, contentType = 'application/json' } = given;
    const { name, namespace } = object.metadata;
    const metadata = { ...(name === undefined ? {} : { name }), ...(namespace === undefined ? {} : { namespace }) };
    const path = await this.specUriPath({ apiVersion: object.apiVersion, kind: object.kind, metadata }, action);
    const request = this.configuration.baseServer.makeRequestContext(path, method);
    request.setHeaderParam('Accept', 'application/json');
    for (const [key, value] of Object.entries(query)) request.setQueryParam(key, value);
    if (body !== undefined) {
      request.setHeaderParam('Content-Type', contentType);
      request.setBody(JSON.stringify(body));
    }
    return this.answerTo(request);
  }

  /** Whether the cluster has such a kind: of a custom resource, whether its definition is installed. */
  async has(apiVersion: string, kind: string): Promise<boolean> {
    try {
      return (await this.resource(apiVersion, kind)) !== undefined;
    } catch (error) {
      if (error instanceof ApiException && error.code === 404) return false;
      throw error;
    }
  }

  private async answerTo(request: RequestContext): Promise<unknown> {
    await this.configuration.authMethods.default?.applySecurityAuthentication(request);
    const answer = await this.configuration.httpApi.send(request).toPromise();
    const text = await answer.body.text();
    if (answer.httpStatusCode >= 200 && answer.httpStatusCode <= 299) return JSON.parse(text);
    throw new ApiException(answer.httpStatusCode, 'refused', text, answer.headers);
  }
}
