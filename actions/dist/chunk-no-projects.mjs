import { Pt as InputError } from "./chunk-base.mjs";
// tools/forge/src/no-projects.ts
async function refuseProject(forge, owner) {
	throw new InputError(`${forge} has no projects that repositories belong to; ${owner} was to be made`, [], { hint: `Create ${owner} as an organisation or a group in the web page of ${forge}.` });
}
export { refuseProject as t };
