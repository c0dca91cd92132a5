import { pt as array, wt as string } from "./chunk-base.mjs";
// tools/steps/src/set-up/group-names.ts
const GroupName = string().min(1).max(200).regex(/^(?!\s)[^"\p{Cc}]*(?<!\s)$/u, "expected the name of a group, without quotes and control characters").refine((name) => !name.startsWith("system:"), "expected a group of people; system: is Kubernetes’ own").refine((name) => !/[{}]{2}/.test(name), "expected a name without {{ or }}, which workflows take for a reference");
function groupNames(description) {
	return array(GroupName).max(50).default([]).describe(description);
}
function memberOfAny(groups) {
	return groups.map((group) => `${JSON.stringify(group)} in groups`).join(" || ");
}
export { memberOfAny as n, groupNames as t };
