import { Pt as InputError } from "./chunk-base.mjs";
// tools/conventions/src/name-pattern.ts
const place = /<([a-z]+)>/g;
function fillPattern(pattern, values) {
	return pattern.replaceAll(place, (_, name) => {
		const value = values[name];
		if (value === void 0) throw new InputError(unknownPlace(pattern, name, Object.keys(values)));
		return value;
	});
}
function unknownPlace(pattern, name, known) {
	return `The name pattern "${pattern}" in luban-config asks for <${name}>; it may use ${known.map((each) => `<${each}>`).join(", ")}`;
}
function isPatternOf(pattern, allowed, needed) {
	const used = [...pattern.matchAll(place)].map((match) => match[1] ?? "");
	return used.every((name) => allowed.includes(name)) && needed.every((name) => used.includes(name));
}
export { isPatternOf as n, fillPattern as t };
