import { St as record, U as DnsLabel, wt as string } from "./chunk-base.mjs";
// tools/steps/src/set-up/template-fields.ts
const templateInputs = {
	template(name) {
		return DnsLabel.default(name).describe("Template that an empty repository is filled from.");
	},
	get templateValues() {
		return record(string(), string().regex(/^\P{Cc}*$/u, "expected one line of text")).default({}).describe("Variables of the template that have another value than the conventions say.");
	}
};
export { templateInputs as t };
