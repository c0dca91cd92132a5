// tools/forge/src/github/url.ts
function gitHubApiRoots(baseUrl) {
	const { protocol, host } = new URL(baseUrl);
	if (host === "github.com" || host.endsWith(".ghe.com")) return {
		rest: new URL(`https://api.${host}`),
		graphQl: new URL(`https://api.${host}`)
	};
	return {
		rest: new URL(`${protocol}//${host}/api/v3`),
		graphQl: new URL(`${protocol}//${host}/api`)
	};
}
export { gitHubApiRoots as t };
