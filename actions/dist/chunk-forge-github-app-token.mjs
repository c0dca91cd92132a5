import { A as sign, E as createPrivateKey, It as StepError, Pt as InputError, gt as int, ut as datetime, wt as string, xt as object } from "./chunk-base.mjs";
import { i as parsed, t as createApiClient } from "./chunk-api-client.mjs";
import { t as gitHubApiRoots } from "./chunk-url.mjs";
// tools/forge/src/github/app-token.ts
const Installation = object({ id: int() });
const InstallationToken = object({
	token: string(),
	expires_at: datetime({ offset: true })
});
const spareMilliseconds = 3e5;
function createAppTokens(app, repository, options) {
	const key = privateKeyOf(app.privateKey);
	const api = appApi(app.appId, key, options);
	let known;
	let issuing;
	const issueOnce = () => {
		issuing ??= issueToken(api, app, repository).then((issued) => {
			known = issued;
			options.onToken?.(issued.token);
			return issued;
		}).finally(() => {
			issuing = void 0;
		});
		return issuing;
	};
	const isFresh = ({ expiresAt }) => expiresAt - options.clock.now().getTime() > spareMilliseconds;
	return {
		current: async () => known !== void 0 && isFresh(known) ? known.token : (await issueOnce()).token,
		renewed: async (refused) => known !== void 0 && known.token !== refused ? known.token : (await issueOnce()).token
	};
}
async function issueToken(api, app, repository) {
	const action = `Getting a token of the GitHub App ${app.appId} for ${repository.owner}/${repository.repository}`;
	const answer = await api.send({
		action,
		method: "POST",
		path: [
			"app",
			"installations",
			app.installationId ?? await installationOf(api, repository, action),
			"access_tokens"
		],
		body: { repositories: [repository.repository] },
		expected: [201],
		repeatable: true
	});
	const { token, expires_at } = parsed(InstallationToken, answer, action);
	return {
		token,
		expiresAt: Date.parse(expires_at)
	};
}
async function installationOf(api, { owner, repository }, action) {
	const path = [
		"repos",
		owner,
		repository,
		"installation"
	];
	const found = await api.read(Installation, {
		action,
		method: "GET",
		path,
		expected: [200, 404]
	});
	if (found !== void 0) return String(found.id);
	throw new StepError(`${action} failed: the App is not installed there`, { hint: `Install it for ${owner}/${repository}, or see that its id is right.` });
}
function appApi(appId, key, options) {
	const jwt = async () => {
		const now = Math.floor(options.clock.now().getTime() / 1e3);
		const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
		const text = `${part({
			alg: "RS256",
			typ: "JWT"
		})}.${part({
			iat: now - 60,
			exp: now + 540,
			iss: appId
		})}`;
		return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
	};
	return createApiClient({
		...options,
		token: jwt
	}, {
		root: gitHubApiRoots(options.baseUrl).rest,
		headers: {
			accept: "application/vnd.github+json",
			"user-agent": "luban-ci",
			"x-github-api-version": "2022-11-28"
		},
		authorization: (token) => `Bearer ${token}`,
		pageSize: { per_page: "100" }
	});
}
function privateKeyOf(text) {
	try {
		const key = createPrivateKey(text.replaceAll("\\n", "\n"));
		if (key.asymmetricKeyType === "rsa") return key;
	} catch {}
	throw new InputError("The private key of the GitHub App cannot be used", [{
		field: "githubAppPrivateKey",
		expected: "expected an RSA key in PEM, as GitHub hands it out"
	}]);
}
export { createAppTokens };
