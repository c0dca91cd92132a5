import { c as wellKnownProvider, it as appTokens, l as parseRepositoryUrl, rt as appOf, s as providerOf, u as createForge } from "./chunk-base.mjs";
import { i as webHostOf } from "./chunk-sibling-repository.mjs";
// tools/steps/src/capabilities/forge-server.ts
async function forgeServerOf(url, given) {
	const configured = await configuredFor(url, given);
	const provider = given.gitProvider ?? configured?.provider ?? providerOf(url.host);
	const own = `${url.scheme === "http" ? "http" : "https"}://${webHostOf(url)}`;
	const isSameKind = configured?.provider === provider;
	return {
		provider,
		baseUrl: given.gitBaseUrl ?? (isSameKind ? configured.baseUrl : void 0) ?? own,
		apiVersion: isSameKind ? configured.apiVersion : void 0
	};
}
async function configuredFor(url, { configPath }) {
	const isPlain = wellKnownProvider(url.host) !== void 0 && url.azure === void 0;
	if (configPath === void 0 || isPlain) return void 0;
	return (await import("./chunk-capabilities-configured-server.mjs")).configuredServer(url, configPath);
}
// tools/steps/src/capabilities/open-forge.ts
async function openForge(repoUrl, given, ctx) {
	const url = parseRepositoryUrl(repoUrl);
	const name = {
		owner: url.owner,
		repository: url.repository
	};
	const app = appOf(given);
	const { provider, baseUrl, apiVersion } = await forgeServerOf(url, given);
	const token = app !== void 0 && provider === "github" ? await appTokens(app, name, baseUrl, ctx) : given.gitToken;
	const { clock, log, signal } = ctx;
	return {
		forge: await createForge(provider, {
			baseUrl,
			apiVersion,
			token,
			clock,
			log,
			signal
		}),
		name
	};
}
export { openForge as t };
