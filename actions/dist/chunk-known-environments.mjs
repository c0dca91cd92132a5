import { Pt as InputError } from "./chunk-base.mjs";
// tools/steps/src/environments/known-environments.ts
function knownEnvironments(asked, known) {
	const unknown = asked.filter((each) => !known.includes(each));
	if (unknown.length === 0) return asked.length > 0 ? known.filter((each) => asked.includes(each)) : known;
	throw new InputError(`There is no environment ${unknown.join(", ")}`, [{
		field: "environments",
		expected: `expected some of ${known.join(", ")}`
	}]);
}
export { knownEnvironments as t };
