import { Ft as RetryableError } from "./chunk-base.mjs";
import { n as nameOf } from "./chunk-kube-object.mjs";
import { a as isMarked, i as recordedFields, n as fieldsAnnotation, r as pickFields } from "./chunk-ensure-object.mjs";
import { t as showDifference } from "./chunk-show-difference.mjs";
// tools/kube/src/ensure/remove-object.ts
const mostLooks = 6;
async function removeObject(kube, name, { mark, dryRun }) {
	const title = nameOf(name);
	let diff = "";
	for (let look = 0; look < mostLooks; look += 1) {
		const live = await kube.read(name);
		if (live === void 0 || live.metadata.deletionTimestamp !== void 0) return {
			name: title,
			outcome: diff === "" ? "absent" : "removed",
			diff
		};
		if (!isMarked(live, mark)) return {
			name: title,
			outcome: "foreign",
			diff: ""
		};
		const gone = showDifference(name, pickFields(live, recorded(live)), void 0);
		if (dryRun) return {
			name: title,
			outcome: "removed",
			diff: gone
		};
		diff = await kube.delete(live) ? gone : "";
	}
	throw new RetryableError(`${title} is changed by somebody else all the time`);
}
function recorded({ metadata }) {
	return recordedFields(metadata.annotations?.[fieldsAnnotation]);
}
export { removeObject as t };
