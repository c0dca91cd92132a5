import { Pt as InputError } from "./chunk-base.mjs";
// tools/steps/src/naming-inputs.ts
async function namingInputs(names, call) {
	try {
		return await call();
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		const fields = error.fields.map((each) => ({
			...each,
			field: names[each.field] ?? each.field
		}));
		throw new InputError(error.message, fields, {
			hint: error.hint,
			cause: error
		});
	}
}
export { namingInputs as t };
