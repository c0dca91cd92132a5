import { H as GitProvider, ht as boolean, pt as array, wt as string } from "./chunk-base.mjs";
// tools/steps/src/set-up/set-up-fields.ts
const setUpInputs = {
	get remove() {
		return boolean().default(false).describe("Take away what the step made, and nothing else.");
	},
	get gitOrganization() {
		return string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "expected letters, digits, dot, underscore and hyphen").optional().describe("Owner of the repositories; by default the project.");
	},
	get gitProvider() {
		return GitProvider.optional().describe("Kind of forge; by default as luban-config says.");
	}
};
const setUpOutputs = {
	get changedObjects() {
		return array(string()).describe("What was changed, or in a dry run would be, by kind and name.");
	},
	get leftObjects() {
		return array(string()).describe("What was to be removed and stays, because somebody else made it.");
	}
};
export { setUpOutputs as n, setUpInputs as t };
