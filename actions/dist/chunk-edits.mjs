import { $ as object, G as array, J as discriminatedUnion, K as base64, W as _enum, X as literal, Z as looseObject, c as compareOrder, dt as InputError, et as record, mt as messageOf, nt as string, pt as StepError, q as boolean, rt as union, s as OrderKey, tt as strictObject, y as createHash } from "./chunk-base.mjs";
import { a as isAlias, c as isPair, i as visit, l as isScalar, n as parseAllDocuments, o as isCollection, r as LineCounter, s as isMap, u as isSeq } from "./chunk-yaml.mjs";
// tools/yaml-text/src/yaml-file.ts
function parseYaml(text, file) {
	const lines = new LineCounter();
	const documents = parseAllDocuments(text, {
		schema: "failsafe",
		keepSourceTokens: true,
		prettyErrors: false,
		lineCounter: lines
	});
	for (const document of documents) {
		const [error] = document.errors;
		if (error !== void 0) {
			const { line, col } = lines.linePos(error.pos[0]);
			throw new StepError(`${file}:${line}:${col} is not valid YAML: ${sentence(error.message)}`, {
				hint: "Correct the file; nothing was changed.",
				cause: error
			});
		}
	}
	return {
		file,
		text,
		documents
	};
}
function nodeAt(yaml, path, document = 0) {
	return path.reduce(childOf, yaml.documents[document]?.contents ?? void 0);
}
function dataOf(yaml, document = 0) {
	return yaml.documents[document]?.toJS() ?? void 0;
}
function isEmptyScalar(node) {
	return isScalar(node) && node.type === "PLAIN" && node.value === "";
}
function refuseShared(yaml, path, document = 0) {
	const steps = [...path, ""].map((_, length) => nodeAt(yaml, path.slice(0, length), document));
	const through = steps.find(isAlias);
	if (through !== void 0) throw sharedError(yaml, through, through.source);
	const used = aliasesOf(yaml, document);
	const shared = steps.find((node) => hasAnchor(node) && used.has(node.anchor));
	if (hasAnchor(shared)) throw sharedError(yaml, shared, shared.anchor);
}
function lineOf(yaml, offset) {
	return yaml.text.slice(0, offset).split("\n").length;
}
function childOf(parent, step) {
	if (isSeq(parent) && typeof step === "number") return parent.items[step];
	if (!isMap(parent)) return void 0;
	return parent.items.find(({ key }) => isScalar(key) && key.value === String(step))?.value ?? void 0;
}
function aliasesOf(yaml, document) {
	const used = new Set();
	if (!yaml.text.includes("*")) return used;
	visit(yaml.documents[document], { Alias: (_, alias) => void used.add(alias.source) });
	return used;
}
function hasAnchor(node) {
	return (isScalar(node) || isCollection(node)) && node.anchor !== void 0;
}
function sharedError(yaml, node, anchor) {
	const line = lineOf(yaml, node.range?.[0] ?? 0);
	return new StepError(`${yaml.file}:${line} cannot be edited: it is shared with other places through the anchor &${anchor}`, { hint: "Write the value out where it has to differ, then run again." });
}
function sentence(message) {
	return message.replace(/\s+/g, " ").trim();
}
// tools/yaml-text/src/layout.ts
function columnOf(yaml, offset) {
	const lineStart = yaml.text.lastIndexOf("\n", offset - 1) + 1;
	return yaml.text.slice(lineStart, offset).replace("﻿", "").length;
}
function lineStartOf(yaml, offset) {
	return yaml.text.lastIndexOf("\n", offset - 1) + 1;
}
function nextLineOf(yaml, offset) {
	const newline = yaml.text.indexOf("\n", offset);
	return newline === -1 ? yaml.text.length : newline + 1;
}
function isFlow(node) {
	return isCollection(node) && node.flow === true;
}
function endOfPair(pair) {
	const value = pair.value;
	if (value !== null && !isEmptyScalar(value)) return endOfNode(value);
	return colonOf(pair) ?? pair.key.range?.[1] ?? 0;
}
function endOfNode(node) {
	const end = node.range?.[1] ?? 0;
	if (isFlow(node) || !isCollection(node)) return end;
	const last = node.items.at(-1);
	if (isPair(last)) return endOfPair(last);
	return last === void 0 || isEmptyScalar(last) ? end : endOfNode(last);
}
function colonOf(pair) {
	const colon = pair.srcToken?.sep?.find(({ type }) => type === "map-value-ind");
	return colon === void 0 ? void 0 : colon.offset + 1;
}
function lineAfter(yaml, end, column) {
	const after = end > 0 && yaml.text[end - 1] === "\n" ? end : nextLineOf(yaml, end);
	const comments = new RegExp(`(?:[ ]{${column},}#[^\\n]*(?:\\n|$))*`, "y");
	comments.lastIndex = after;
	comments.exec(yaml.text);
	return Math.max(after, comments.lastIndex);
}
function styleOf(yaml, document = 0) {
	const style = {
		newline: yaml.text.includes("\r\n") ? "\r\n" : "\n",
		dash: "- ",
		indent: 2,
		listIndent: 0
	};
	const parsed = yaml.documents[document];
	if (parsed === void 0) return style;
	visit(parsed, { Pair: (_, pair) => {
		const value = pair.value;
		if (!isSeq(value) || isFlow(value) || !isScalar(pair.key)) return void 0;
		style.listIndent = Math.max(0, columnOf(yaml, startOf(value)) - columnOf(yaml, startOf(pair.key)));
		style.dash = dashOf(yaml, value);
		return visit.BREAK;
	} });
	visit(parsed, { Pair: (_, pair) => {
		const value = pair.value;
		if (!isMap(value) || isFlow(value) || !isScalar(pair.key)) return void 0;
		style.indent = Math.max(1, columnOf(yaml, startOf(value)) - columnOf(yaml, startOf(pair.key)));
		return visit.BREAK;
	} });
	return style;
}
function dashOf(yaml, list) {
	const dash = /-( +)(?=[^\s#&!])/y;
	dash.lastIndex = startOf(list);
	return dash.exec(yaml.text)?.[0] ?? "- ";
}
function startOf(node) {
	return node.range?.[0] ?? 0;
}
// tools/yaml-text/src/plain-scalar.ts
const otherTypes = [
	/^(~|null|y|n|yes|no|on|off|true|false|<<|=)$/i,
	/^[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+)$/i,
	/^[-+]?[0-9_]*\.?[0-9_]*(e[-+]?[0-9_]+)?$/i,
	/^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/,
	/^[-+]?\.(inf|nan)$/i,
	/^\d{4}-\d{1,2}-\d{1,2}([Tt \t].*)?$/
];
const harmless = /^[A-Za-z0-9_./](?:[A-Za-z0-9_\-+./:@ ]*[A-Za-z0-9_\-+./@])?$/;
function isPlainString(value) {
	return harmless.test(value) && !/: |^\.+$/.test(value) && !otherTypes.some((type) => type.test(value));
}
// tools/yaml-text/src/render-value.ts
function renderScalar(value, wanted = "plain") {
	if (wanted === "plain" && isPlainString(value)) return value;
	const printable = !/[^\x20-\x7e\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u.test(value);
	return (wanted === "single" || wanted === "plain" && /["\\]/.test(value)) && printable ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value);
}
function doubleQuoted(value) {
	const escaped = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
	return JSON.stringify(value).replace(/[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);
}
function renderYaml(value) {
	return `${renderBlock(value, 0, {
		newline: "\n",
		dash: "- ",
		indent: 2,
		listIndent: 2
	})}\n`;
}
function renderFlow(value) {
	if (typeof value === "string") return renderScalar(value);
	if (isList(value)) return `[${value.map(renderFlow).join(", ")}]`;
	return `{${entriesOf(value).map(([key, inner]) => `${renderScalar(key)}: ${renderFlow(inner)}`).join(", ")}}`;
}
function renderEntry(key, value, column, style) {
	const name = `${renderScalar(key)}:`;
	if (isEmpty(value) || typeof value === "string") return `${name} ${renderFlow(value)}`;
	const inner = column + (isList(value) ? style.listIndent : style.indent);
	return `${name}${style.newline}${" ".repeat(inner)}${renderBlock(value, inner, style)}`;
}
function renderItem(value, column, style) {
	return `${style.dash}${renderBlock(value, column + style.dash.length, style)}`;
}
function renderBlock(value, column, style) {
	if (isEmpty(value) || typeof value === "string") return renderFlow(value);
	return (isList(value) ? value.map((item) => renderItem(item, column, style)) : entriesOf(value).map(([key, inner]) => renderEntry(key, inner, column, style))).join(`${style.newline}${" ".repeat(column)}`);
}
function entriesOf(value) {
	return Object.entries(value).flatMap(([key, inner]) => inner === void 0 ? [] : [[key, inner]]);
}
function isList(value) {
	return Array.isArray(value);
}
function isEmpty(value) {
	return typeof value !== "string" && (isList(value) ? value.length : entriesOf(value).length) === 0;
}
// tools/yaml-text/src/meaning.ts
function meaningOf(yaml) {
	return yaml.documents.map((document) => meaningOfNode(document.contents));
}
function meaningOfValue(value) {
	if (typeof value === "string") return scalarMeaning(value);
	if (isList(value)) return { items: value.map(meaningOfValue) };
	return { entries: entriesOf(value).map(([key, inner]) => ({
		key: scalarMeaning(key),
		value: meaningOfValue(inner)
	})) };
}
function changeMeaning(meaning, path, change) {
	const [step, ...rest] = path;
	if (step === void 0) return change(meaning);
	if ("items" in meaning) {
		const items = meaning.items.map((item, at) => at === step ? changeMeaning(item, rest, change) : item);
		return {
			...meaning,
			items
		};
	}
	if (!("entries" in meaning)) return meaning;
	const entries = meaning.entries.map((entry) => isKey(entry.key, step) ? {
		...entry,
		value: changeMeaning(entry.value, rest, change)
	} : entry);
	return {
		...meaning,
		entries
	};
}
function isKey(key, step) {
	return "scalar" in key && key.scalar === String(step);
}
function sameMeaning(left, right) {
	return JSON.stringify(left) === JSON.stringify(right);
}
function scalarMeaning(scalar) {
	return {
		scalar,
		isString: true
	};
}
function meaningOfNode(node) {
	if (isAlias(node)) return { alias: node.source };
	if (isScalar(node)) {
		const scalar = String(node.value);
		return {
			...propertiesOf(node),
			scalar,
			isString: node.type !== "PLAIN" || isPlainString(scalar)
		};
	}
	if (isSeq(node)) return {
		...propertiesOf(node),
		items: node.items.map(meaningOfNode)
	};
	if (!isMap(node)) return { nothing: true };
	const entries = node.items.map(({ key, value }) => ({
		key: meaningOfNode(key),
		value: meaningOfNode(value)
	}));
	return {
		...propertiesOf(node),
		entries
	};
}
function propertiesOf(node) {
	const tag = node.tag === void 0 || /^tag:yaml\.org,2002:(str|map|seq)$/.test(node.tag) ? void 0 : node.tag;
	return {
		...node.anchor === void 0 ? {} : { anchor: node.anchor },
		...tag === void 0 ? {} : { tag }
	};
}
// tools/yaml-text/src/splice.ts
function spliceYaml(yaml, splice, expected) {
	const after = parsedOrUndefined(yaml.text.slice(0, splice.start) + splice.text + yaml.text.slice(splice.end), yaml.file);
	if (after === void 0 || !sameMeaning(meaningOf(after), expected)) {
		const line = lineOf(yaml, splice.start);
		throw new StepError(`${yaml.file}:${line} is laid out in a way that cannot be edited without changing other parts`, { hint: "Write this part in plain block style, then run again; nothing was changed." });
	}
	return after;
}
function parsedOrUndefined(text, file) {
	try {
		return parseYaml(text, file);
	} catch {
		return;
	}
}
// tools/yaml-text/src/insert-entry.ts
function insertEntry(yaml, path, key, value, document = 0) {
	const map = nodeAt(yaml, path, document);
	if (map === void 0 && path.length === 0) return startFile(yaml, key, value, document);
	if (!isMap(map)) throw new StepError(`${yaml.file} has no map as ${path.join(".") || "its content"}`);
	if (map.has(key)) throw new StepError(`${yaml.file}:${lineOf(yaml, startOf(map))} has ${key} already`);
	refuseShared(yaml, path, document);
	return spliceYaml(yaml, isFlow(map) ? inFlow$2(map, key, value) : inBlock$2(yaml, map, key, value, document), meaningOf(yaml).map((meaning, at) => at === document ? changeMeaning(meaning, path, (part) => withEntry$1(part, key, value)) : meaning));
}
function withEntry$1(part, key, value) {
	if (!("entries" in part)) return part;
	return {
		...part,
		entries: [...part.entries, {
			key: meaningOfValue(key),
			value: meaningOfValue(value)
		}]
	};
}
function inFlow$2(map, key, value) {
	const last = map.items.at(-1);
	const at = last === void 0 ? startOf(map) + 1 : endOfPair(last);
	const text = `${renderScalar(key)}: ${renderFlow(value)}`;
	return {
		start: at,
		end: at,
		text: last === void 0 ? text : `, ${text}`
	};
}
function inBlock$2(yaml, map, key, value, document) {
	const style = styleOf(yaml, document);
	const first = map.items[0]?.key;
	const column = columnOf(yaml, isScalar(first) ? startOf(first) : startOf(map));
	const last = map.items.at(-1);
	return newLine(yaml, lineAfter(yaml, last === void 0 ? startOf(map) : endOfPair(last), column), column, renderEntry(key, value, column, style), style.newline);
}
function startFile(yaml, key, value, document) {
	const style = styleOf(yaml, document);
	return spliceYaml(yaml, newLine(yaml, yaml.text.length, 0, renderEntry(key, value, 0, style), style.newline), [{ entries: [{
		key: meaningOfValue(key),
		value: meaningOfValue(value)
	}] }]);
}
function newLine(yaml, at, column, text, newline) {
	const line = `${" ".repeat(column)}${text}`;
	return {
		start: at,
		end: at,
		text: yaml.text.replace("﻿", "") === "" || at === 0 || yaml.text[at - 1] === "\n" ? `${line}${newline}` : `${newline}${line}`
	};
}
// tools/yaml-text/src/append-item.ts
function appendItem(yaml, path, value, document = 0) {
	const list = nodeAt(yaml, path, document);
	refuseShared(yaml, path, document);
	const splice = spliceFor(yaml, path, list, value, document);
	if (splice === void 0) throw new StepError(`${yaml.file} has no list as ${path.join(".")}`);
	return spliceYaml(yaml, splice, meaningOf(yaml).map((meaning, at) => at === document ? changeMeaning(meaning, path, (part) => withItem(part, value)) : meaning));
}
function withItem(part, value) {
	if ("items" in part) return {
		...part,
		items: [...part.items, meaningOfValue(value)]
	};
	return { items: [meaningOfValue(value)] };
}
function spliceFor(yaml, path, list, value, document) {
	if (isSeq(list)) return isFlow(list) ? inFlow$1(list, value) : inBlock$1(yaml, list, value, document);
	return list !== void 0 && isEmptyScalar(list) ? firstItem(yaml, path, value, document) : void 0;
}
function inFlow$1(list, value) {
	const last = list.items.at(-1);
	const at = last === void 0 ? startOf(list) + 1 : endOfNode(last);
	return {
		start: at,
		end: at,
		text: last === void 0 ? renderFlow(value) : `, ${renderFlow(value)}`
	};
}
function inBlock$1(yaml, list, value, document) {
	const style = {
		...styleOf(yaml, document),
		dash: dashOf(yaml, list)
	};
	const column = columnOf(yaml, startOf(list));
	const last = list.items.at(-1);
	const text = isFlow(last) ? `${style.dash}${renderFlow(value)}` : renderItem(value, column, style);
	return newLine(yaml, lineAfter(yaml, endOfNode(last), column), column, text, style.newline);
}
function firstItem(yaml, path, value, document) {
	const parent = nodeAt(yaml, path.slice(0, -1), document);
	const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === String(path.at(-1))) : void 0;
	const colon = pair === void 0 ? void 0 : colonOf(pair);
	if (pair === void 0 || colon === void 0) return void 0;
	const style = styleOf(yaml, document);
	const column = columnOf(yaml, startOf(pair.key)) + style.listIndent;
	return newLine(yaml, nextLineOf(yaml, colon), column, renderItem(value, column, style), style.newline);
}
// tools/yaml-text/src/remove-entry.ts
function removeEntry(yaml, path, document = 0) {
	const parent = nodeAt(yaml, path.slice(0, -1), document);
	const step = path.at(-1) ?? "";
	const at = positionOf(parent, step);
	if (parent === void 0 || at === -1) return yaml;
	refuseShared(yaml, isAlias(nodeAt(yaml, path, document)) ? path.slice(0, -1) : path, document);
	const splice = isFlow(parent) ? inFlow(partsOf(parent), at) : inBlock(yaml, partsOf(parent), at);
	if (splice === void 0) throw new StepError(`${yaml.file} would be left with nothing where ${path.join(".")} stands`);
	return spliceYaml(yaml, splice, meaningOf(yaml).map((meaning, index) => index === document ? changeMeaning(meaning, path.slice(0, -1), (part) => without(part, step)) : meaning));
}
function positionOf(parent, step) {
	if (isMap(parent)) return parent.items.findIndex(({ key }) => isScalar(key) && key.value === String(step));
	return isSeq(parent) && typeof step === "number" && step < parent.items.length ? step : -1;
}
function without(part, step) {
	if ("items" in part) return {
		...part,
		items: part.items.filter((_, at) => at !== step)
	};
	if (!("entries" in part)) return part;
	return {
		...part,
		entries: part.entries.filter(({ key }) => !isKey(key, step))
	};
}
function partsOf(parent) {
	if (isMap(parent)) return parent.items.map((pair) => ({
		start: startOf(pair.key),
		end: endOfPair(pair)
	}));
	return isSeq(parent) ? parent.items.map((item) => ({
		start: startOf(item),
		end: endOfNode(item)
	})) : [];
}
function inFlow(parts, at) {
	const [part, previous, next] = [
		parts[at],
		parts[at - 1],
		parts[at + 1]
	];
	if (part === void 0) return void 0;
	if (previous !== void 0) return {
		start: previous.end,
		end: part.end,
		text: ""
	};
	return {
		start: part.start,
		end: next?.start ?? part.end,
		text: ""
	};
}
function inBlock(yaml, parts, at) {
	const [part, next] = [parts[at], parts[at + 1]];
	if (part === void 0 || parts.length === 1) return void 0;
	const lineStart = lineStartOf(yaml, part.start);
	const before = yaml.text.slice(lineStart, part.start);
	if (before.trim() === "" || before.trim() === "-") {
		if (before.trim() === "-" && next !== void 0 && at === 0 && !isListItem(yaml, part, next)) return {
			start: part.start,
			end: next.start,
			text: ""
		};
		return withoutTrailingNewline(yaml, lineStart, yaml.text[part.end - 1] === "\n" ? part.end : nextLineOf(yaml, part.end));
	}
}
function isListItem(yaml, part, next) {
	return yaml.text.slice(part.end, next.start).trim().endsWith("-");
}
function withoutTrailingNewline(yaml, start, end) {
	const isLastLine = end === yaml.text.length && !yaml.text.endsWith("\n");
	const newline = /\r?\n$/.exec(yaml.text.slice(0, start))?.[0] ?? "";
	return {
		start: isLastLine ? start - newline.length : start,
		end,
		text: ""
	};
}
// tools/yaml-text/src/set-scalar.ts
function setScalar(yaml, path, value, document = 0) {
	refuseShared(yaml, path.slice(0, -1), document);
	const node = nodeAt(yaml, path, document);
	if (node === void 0 || !(isScalar(node) || isAlias(node))) throw notScalar(yaml, path, node);
	if (isScalar(node) && isSaidAlready(node, value)) return yaml;
	if (isScalar(node)) refuseShared(yaml, path, document);
	return spliceYaml(yaml, isEmptyScalar(node) ? fillIn(yaml, path, value, document) : replace(yaml, node, value, document), meaningOf(yaml).map((meaning, at) => at === document ? changeMeaning(meaning, path, (part) => said(part, value)) : meaning));
}
function isSaidAlready(node, value) {
	return node.value === value && (node.type !== "PLAIN" || isPlainString(value));
}
function said(part, scalar) {
	const { anchor, tag } = part;
	return {
		...anchor === void 0 ? {} : { anchor },
		...tag === void 0 ? {} : { tag },
		scalar,
		isString: true
	};
}
function replace(yaml, node, value, document) {
	const [start, end] = node.range ?? [0, 0];
	const newline = isScalar(node) && node.type?.startsWith("BLOCK") === true && yaml.text[end - 1] === "\n" ? styleOf(yaml, document).newline : "";
	return {
		start,
		end,
		text: `${renderScalar(value, quotesOf(node))}${newline}`
	};
}
function fillIn(yaml, path, value, document) {
	const parent = nodeAt(yaml, path.slice(0, -1), document);
	const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === String(path.at(-1))) : void 0;
	const colon = pair === void 0 ? void 0 : colonOf(pair);
	if (colon === void 0) throw notScalar(yaml, path, void 0);
	return {
		start: colon,
		end: colon,
		text: ` ${renderScalar(value)}`
	};
}
function quotesOf(node) {
	const type = isScalar(node) ? node.type : void 0;
	if (type === "QUOTE_SINGLE") return "single";
	return type === "QUOTE_DOUBLE" ? "double" : "plain";
}
function notScalar(yaml, path, node) {
	const line = lineOf(yaml, node?.range?.[0] ?? 0);
	const what = node === void 0 ? "has no" : "has something other than text as";
	return new StepError(`${yaml.file}:${line} ${what} ${path.join(".")}`);
}
// tools/edits/src/change-image.ts
function changeImage({ yaml, images }, wanted, firstDeployment) {
	const found = positionsOf(images, wanted.image);
	if (found.length === 0) return wanted.whenAbsent === "append" ? listed(yaml, wanted).text : void 0;
	return found.reduce((current, at) => changed(current, at, images[at], wanted, firstDeployment), yaml).text;
}
function entryNameOf(images, image) {
	return images[positionsOf(images, image)[0] ?? -1]?.name ?? image;
}
function positionsOf(images, image) {
	const where = (matches) => images.flatMap((each, at) => matches(each) ? [at] : []);
	const named = where(({ name }) => name === image);
	return named.length > 0 ? named : where(({ newName }) => newName === image);
}
function listed(yaml, wanted) {
	const { tag, digest } = wanted.to;
	const entry = {
		name: wanted.image,
		newName: wanted.newName,
		newTag: tag,
		digest
	};
	if (nodeAt(yaml, ["images"]) === void 0) return insertEntry(yaml, [], "images", [entry]);
	return appendItem(yaml, ["images"], entry);
}
function changed(yaml, at, entry, wanted, firstDeployment) {
	const lines = linesFor(entry, wanted);
	const values = {
		newName: wanted.newName ?? aliasAfter(entry, wanted, firstDeployment),
		newTag: lines.tag,
		digest: lines.digest
	};
	const set = Object.entries(values).reduce((current, [key, value]) => {
		return value === void 0 ? current : withValue(current, ["images", at], key, value);
	}, yaml);
	return Object.entries(values).reduce((current, [key, value]) => {
		return value === void 0 ? removeEntry(current, [
			"images",
			at,
			key
		]) : current;
	}, set);
}
function withValue(yaml, entry, key, value) {
	return nodeAt(yaml, [...entry, key]) !== void 0 ? setScalar(yaml, [...entry, key], value) : insertEntry(yaml, entry, key, value);
}
function linesFor(entry, wanted) {
	const { tag, digest } = wanted.to;
	if (tag === void 0 || digest === void 0 || wanted.pin === "always") return wanted.to;
	const hasDigest = entry?.digest !== void 0;
	if (hasDigest && entry.newTag === void 0) return { digest };
	return hasDigest ? {
		tag,
		digest
	} : { tag };
}
function aliasAfter(entry, wanted, firstDeployment) {
	const alias = entry?.newName;
	if (alias === void 0 || !firstDeployment || wanted.keepAlias) return alias;
	return entry?.name === wanted.image && alias !== wanted.image && wanted.image.includes("/") ? void 0 : alias;
}
// tools/edits/src/files.ts
function textFile(text, executable = false) {
	return {
		bytes: new TextEncoder().encode(text),
		executable
	};
}
function textOf(file, path) {
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(file.bytes);
	} catch (cause) {
		throw new StepError(`${path} is not UTF-8 text`, { cause });
	}
}
function withChanges(files, changes) {
	const after = new Map(files);
	for (const [path, file] of changes) if (file === void 0) after.delete(path);
	else after.set(path, file);
	return after;
}
function sameFile(left, right) {
	if (left === void 0 || right === void 0) return left === right;
	return left.executable === right.executable && Buffer.compare(left.bytes, right.bytes) === 0;
}
function blobIdOf(bytes, algorithm = "sha1") {
	return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
// tools/edits/src/kustomization.ts
const kustomizationNames = [
	"kustomization.yaml",
	"kustomization.yml",
	"Kustomization"
];
const KustomizeImage = object({
	name: string(),
	newName: string().optional(),
	newTag: string().optional(),
	digest: string().optional()
});
const KustomizationFile = object({ images: union([array(KustomizeImage), _enum([
	"",
	"null",
	"~"
]).transform(() => [])]).default([]) });
function readImages(text, path) {
	return parseKustomization(text, path).images;
}
function parseKustomization(text, path) {
	const yaml = parseYaml(text, path);
	const filled = yaml.documents.filter(({ contents }) => contents !== null);
	if (filled.length > 1 || filled.length === 1 && yaml.documents[0]?.contents === null) throw new StepError(`${path} holds more than one YAML document, which kustomize does not accept`);
	return {
		yaml,
		images: imagesOf(yaml)
	};
}
function imagesOf(yaml) {
	const checked = KustomizationFile.safeParse(dataOf(yaml) ?? {});
	if (checked.success) return checked.data.images.map(withoutEmpty);
	const [issue] = checked.error.issues;
	throw new StepError(`${yaml.file} is not a kustomization: ${issue?.path.join(".")}: ${issue?.message}`, {
		hint: "`images` has to be a list of entries that each have a `name`.",
		cause: checked.error
	});
}
function kustomizationIn(files, folder) {
	const [path, second] = kustomizationPaths(folder).filter((path) => files.has(path));
	if (path === void 0) throw new InputError(`${folder || "the root of the repository"} has no kustomization.yaml`, [], { hint: "Name the folder of an overlay, for example app/overlays/snd." });
	if (second !== void 0) throw new StepError(`${folder} has both ${path} and ${second}; kustomize accepts one only`);
	return path;
}
function kustomizationPaths(folder) {
	return kustomizationNames.map((name) => pathIn(folder, name));
}
function pathIn(folder, name) {
	return folder === "" ? name : `${folder}/${name}`;
}
function withoutEmpty(image) {
	const present = Object.entries(image).filter(([, value]) => value !== "" && value !== "null" && value !== "~");
	return {
		name: image.name,
		...Object.fromEntries(present)
	};
}
// tools/edits/src/only-forward.ts
function judge(entry, asked, allowDowngrade) {
	if (entry === void 0) return go("no record of an earlier deployment");
	if (entry.key === asked.key) return { verdict: "same request" };
	if (isOtherSource(entry, asked)) return go(`the source changes from ${entry.sourceRepository} to ${asked.sourceRepository}`);
	if (asked.order === void 0) return go("this request has no order key, so it may replace something newer");
	if (entry.order === void 0) return go("what is in place has no order key, so it may be newer");
	if (!isOlder(asked, entry, entry.order, asked.order)) return {
		verdict: "go",
		notes: [],
		downgrade: false
	};
	if (!allowDowngrade) return {
		verdict: "superseded",
		by: entry
	};
	return {
		verdict: "go",
		notes: [`${describeEntry(entry)} is newer and is replaced on purpose`],
		downgrade: true
	};
}
function describeEntry(entry) {
	const commit = entry.sourceCommit === void 0 ? "" : ` of ${entry.sourceCommit.slice(0, 12)}`;
	const order = entry.order === void 0 ? "" : `, asked for ${entry.order}`;
	return `${entry.tag ?? entry.digest ?? "the image in place"}${commit}${order}`;
}
function repositoryIdentity(url) {
	const [, host = "", path = url] = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^/:]+)(?::\d+(?=\/))?[/:](.*)$/i.exec(url) ?? [];
	return `${host.toLowerCase()}/${path.replace(/^\/+|\/+$/g, "").replace(/\.git$/, "")}`;
}
function isOtherSource(entry, asked) {
	if (entry.sourceRepository === void 0 || asked.sourceRepository === void 0) return false;
	return repositoryIdentity(entry.sourceRepository) !== repositoryIdentity(asked.sourceRepository);
}
function isOlder(asked, entry, inPlace, order) {
	const compared = compareOrder(order, inPlace);
	if (compared !== 0 || asked.sourceCommit === entry.sourceCommit) return compared < 0;
	return entry.downgrade !== void 0 || (asked.sourceCommit ?? "") < (entry.sourceCommit ?? "");
}
function go(note) {
	return {
		verdict: "go",
		notes: [note],
		downgrade: false
	};
}
// tools/edits/src/provenance.ts
const line = string().min(1).max(2e3).regex(/^[^\r\n\0]*$/, "expected one line");
const Provenance = object({
	key: line,
	at: OrderKey,
	order: OrderKey.optional(),
	sourceRepository: line.optional(),
	sourceCommit: line.optional(),
	run: line.optional(),
	requestedBy: line.optional(),
	promotedFrom: line.optional()
});
// tools/edits/src/record.ts
const recordName = ".luban";
const RecordEntry = Provenance.partial({ at: true }).extend({
	tag: string().optional(),
	digest: string().optional(),
	downgrade: literal("true").optional()
}).loose();
const heading = "# Written by Luban CI with every deployment. Not a manifest; the file beside it is what counts.\n";
const RecordFile = looseObject({
	version: literal("1"),
	images: record(string(), RecordEntry).default({})
});
function parseRecord(text, path) {
	if (text === void 0) return { images: {} };
	const data = dataOf(parseYaml(text, path));
	const checked = RecordFile.safeParse(data);
	if (checked.success) return { images: checked.data.images };
	const [issue] = checked.error.issues;
	throw new StepError(`${path} is not a deployment record: ${issue?.path.join(".") ?? ""} ${messageOf(issue)}`, {
		hint: `Restore ${path} from the branch's history, or delete it to start a new record.`,
		cause: checked.error
	});
}
function serialiseRecord(record) {
	const names = Object.keys(record.images).sort();
	const images = Object.fromEntries(names.map((name) => [name, orderedEntry(record.images[name])]));
	return heading + renderYaml({
		version: "1",
		images
	});
}
function withEntry(record, image, entry) {
	return { images: {
		...record.images,
		[image]: entry
	} };
}
const fieldOrder = Object.keys(RecordEntry.shape);
function orderedEntry(entry) {
	const rank = (name) => fieldOrder.includes(name) ? fieldOrder.indexOf(name) : fieldOrder.length;
	const present = Object.entries(entry ?? {}).filter(([, value]) => value !== void 0);
	return Object.fromEntries(present.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)));
}
// tools/edits/src/repository-path.ts
function isRepositoryPath(path) {
	const segments = path.split("/");
	const isBad = (segment) => segment === "" || /^(\.{1,2}|\.git[ .]*|git~1)$/i.test(segment);
	return !/[\p{Cc}\\]/u.test(path) && path.length <= 4096 && !segments.some(isBad);
}
const RepositoryPath = string().refine(isRepositoryPath, "expected a relative path inside the repository, without `..` and outside `.git`");
const RepositoryFolder = string().transform((folder) => folder.replace(/^\.\/|\/+$/g, "").replace(/^\.$/, "")).refine((folder) => folder === "" || isRepositoryPath(folder), "expected a relative folder inside the repository, without `..` and outside `.git`");
// tools/edits/src/kustomize-set-image.ts
const Tag = string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, "expected an image tag");
const Digest = string().regex(/^[a-z0-9+._-]+:[a-fA-F0-9]{32,}$/, "expected a digest such as sha256:…");
const ImageName = string().regex(/^[A-Za-z0-9][A-Za-z0-9._\-:/]*$/, "expected an image name without tag and digest");
const ImageVersion = union([
	strictObject({
		tag: Tag,
		digest: Digest
	}),
	strictObject({ tag: Tag }),
	strictObject({ digest: Digest })
]);
const KustomizeSetImage = object({
	kind: literal("kustomize-set-image"),
	version: literal(1),
	folder: RepositoryFolder,
	image: ImageName,
	to: ImageVersion,
	newName: ImageName.optional(),
	pin: _enum(["always", "as-listed"]).default("always"),
	whenAbsent: _enum([
		"append",
		"skip",
		"refuse"
	]).default("append"),
	keepAlias: boolean().default(false),
	provenance: Provenance.optional(),
	record: _enum(["write", "none"]).default("write"),
	allowDowngrade: boolean().default(false)
});
function pathsOfKustomizeSetImage(edit) {
	return [...kustomizationPaths(edit.folder), pathIn(edit.folder, recordName)];
}
function applyKustomizeSetImage(edit, files) {
	const path = kustomizationIn(files, edit.folder);
	const file = files.get(path);
	const text = textOf(file, path);
	if (!mayList(text, edit.image) && edit.whenAbsent !== "append") return absent(edit, path);
	const kustomization = parseKustomization(text, path);
	const kept = recordOf(edit, files, entryNameOf(kustomization.images, edit.image));
	const verdict = kept === void 0 ? void 0 : judge(kept.entry, kept.provenance, edit.allowDowngrade);
	if (verdict?.verdict === "superseded") return {
		outcome: "superseded",
		by: verdict.by,
		notes: []
	};
	const after = changeImage(kustomization, edit, kept?.entry === void 0);
	if (after === void 0) return absent(edit, path);
	if (verdict?.verdict === "same request") return sameRequest(after !== text, path);
	const changes = new Map(after === text ? [] : [[path, textFile(after, file.executable)]]);
	if (kept !== void 0 && (after !== text || !isRecorded(kept.entry, edit, kept.provenance))) {
		const record = withEntry(kept.record, kept.name, entryFor(edit, kept, verdict?.downgrade === true));
		changes.set(kept.path, textFile(serialiseRecord(record), files.get(kept.path)?.executable));
	}
	return outcomeOf(changes, verdict?.notes ?? []);
}
function recordOf(edit, files, name) {
	if (edit.provenance === void 0 || edit.record === "none") return void 0;
	const path = pathIn(edit.folder, recordName);
	const file = files.get(path);
	const record = parseRecord(file === void 0 ? void 0 : textOf(file, path), path);
	return {
		path,
		name,
		record,
		entry: record.images[name],
		provenance: edit.provenance
	};
}
function mayList(text, image) {
	return text.includes(image) || text.includes("\\");
}
function absent(edit, path) {
	const said = `${path} does not list the image ${edit.image}`;
	if (edit.whenAbsent === "skip") return {
		outcome: "unchanged",
		why: "same content",
		notes: [said]
	};
	throw new InputError(said, [{
		field: "image",
		expected: `expected the name of an entry of images in ${path}`
	}]);
}
function sameRequest(changed, path) {
	return {
		outcome: "unchanged",
		why: "same request",
		notes: changed ? [`${path} was changed by somebody after this request had landed; it is left as it is`] : []
	};
}
function outcomeOf(changes, notes) {
	if (changes.size === 0) return {
		outcome: "unchanged",
		why: "same content",
		notes: []
	};
	return {
		outcome: "changed",
		changes,
		notes
	};
}
function isRecorded(entry, edit, asked) {
	const version = edit.to;
	const repository = (url) => url === void 0 ? "" : repositoryIdentity(url);
	return entry !== void 0 && entry.tag === version.tag && entry.digest === version.digest && entry.sourceCommit === asked.sourceCommit && repository(entry.sourceRepository) === repository(asked.sourceRepository);
}
function entryFor(edit, kept, downgrade) {
	const order = downgrade ? kept.entry?.order : kept.provenance.order;
	const mark = downgrade ? { downgrade: "true" } : {};
	return {
		...edit.to,
		...kept.provenance,
		...order === void 0 ? {} : { order },
		...mark
	};
}
// tools/edits/src/write-file.ts
const BlobId = string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "expected the full id of a git blob");
const WriteFile = object({
	kind: literal("write-file"),
	version: literal(1),
	path: RepositoryPath,
	expected: BlobId.nullable(),
	content: union([strictObject({
		text: string(),
		executable: boolean().default(false)
	}), strictObject({
		base64: base64(),
		executable: boolean().default(false)
	})]).nullable()
});
function applyWriteFile(edit, files) {
	const found = files.get(edit.path);
	const wanted = contentOf(edit);
	if (sameFile(found, wanted)) return {
		outcome: "unchanged",
		why: "same content",
		notes: []
	};
	if ((found === void 0 ? null : blobIdOf(found.bytes, edit.expected?.length === 64 ? "sha256" : "sha1")) !== edit.expected) throw changedMeanwhile(edit.path, found, edit.expected);
	return {
		outcome: "changed",
		changes: new Map([[edit.path, wanted]]),
		notes: []
	};
}
function contentOf({ content }) {
	if (content === null) return void 0;
	return {
		bytes: "text" in content ? Buffer.from(content.text) : Buffer.from(content.base64, "base64"),
		executable: content.executable
	};
}
function changedMeanwhile(path, found, expected) {
	return new StepError(`${path} ${found === void 0 ? "was deleted" : expected === null ? "was created" : "was changed"} on the branch since it was read`, { hint: "Check out the branch again, make the change there and run once more; nothing was pushed." });
}
// tools/edits/src/edit.ts
const Edit = discriminatedUnion("kind", [KustomizeSetImage, WriteFile]);
function parseEdit(edit) {
	const checked = Edit.safeParse(edit);
	if (checked.success) return checked.data;
	const fields = checked.error.issues.map(({ path, message }) => ({
		field: path.join("."),
		expected: message
	}));
	throw new InputError("this edit cannot be used", fields, { cause: checked.error });
}
function pathsOf(edit) {
	switch (edit.kind) {
		case "kustomize-set-image": return pathsOfKustomizeSetImage(edit);
		case "write-file": return [edit.path];
	}
}
function applyEdit(edit, files) {
	switch (edit.kind) {
		case "kustomize-set-image": return applyKustomizeSetImage(edit, files);
		case "write-file": return applyWriteFile(edit, files);
	}
}
// tools/edits/src/apply-edits.ts
function applyEdits(edits, files) {
	const outcomes = [];
	const after = edits.reduce((current, edit) => {
		const outcome = applyEdit(edit, current);
		outcomes.push(outcome);
		return outcome.outcome === "changed" ? withChanges(current, outcome.changes) : current;
	}, files);
	const changed = [...new Set(edits.flatMap(pathsOf))].filter((path) => !sameFile(files.get(path), after.get(path))).sort();
	return {
		changes: new Map(changed.map((path) => [path, after.get(path)])),
		outcomes
	};
}
// tools/edits/src/line-diff.ts
const mostComparisons = 4e6;
function lineDiff(before, after) {
	const start = sharedLength(before, after);
	const room = Math.min(before.length, after.length) - start;
	const end = Math.min(room, sharedLength(before.toReversed(), after.toReversed()));
	const removed = before.slice(start, before.length - end);
	const added = after.slice(start, after.length - end);
	const middle = removed.length * added.length <= mostComparisons ? shortest(removed, added) : replaced(removed, added);
	return joined([
		run("same", before.slice(0, start)),
		...middle,
		run("same", before.slice(before.length - end))
	]);
}
function run(kind, lines) {
	return {
		kind,
		lines: [...lines]
	};
}
function replaced(removed, added) {
	return [run("removed", removed), run("added", added)];
}
function sharedLength(left, right) {
	const differing = left.findIndex((line, at) => line !== right[at]);
	return differing === -1 ? left.length : differing;
}
function shortest(before, after) {
	const common = commonLengths(before, after);
	const width = after.length + 1;
	const runs = [];
	let [x, y] = [0, 0];
	while (x < before.length && y < after.length) if (before[x] === after[y]) {
		runs.push(run("same", [before[x] ?? ""]));
		x += 1;
		y += 1;
	} else if ((common[(x + 1) * width + y] ?? 0) >= (common[x * width + y + 1] ?? 0)) {
		runs.push(run("removed", [before[x] ?? ""]));
		x += 1;
	} else {
		runs.push(run("added", [after[y] ?? ""]));
		y += 1;
	}
	return [...runs, ...replaced(before.slice(x), after.slice(y))];
}
function commonLengths(before, after) {
	const width = after.length + 1;
	const lengths = new Uint32Array((before.length + 1) * width);
	for (let x = before.length - 1; x >= 0; x -= 1) for (let y = after.length - 1; y >= 0; y -= 1) {
		const down = lengths[(x + 1) * width + y] ?? 0;
		const right = lengths[x * width + y + 1] ?? 0;
		const both = (lengths[(x + 1) * width + y + 1] ?? 0) + 1;
		lengths[x * width + y] = before[x] === after[y] ? both : Math.max(down, right);
	}
	return lengths;
}
function joined(runs) {
	return runs.reduce((done, next) => {
		const last = done.at(-1);
		if (last?.kind === next.kind) last.lines.push(...next.lines);
		else if (next.lines.length > 0) done.push(run(next.kind, next.lines));
		return done;
	}, []);
}
// tools/edits/src/unified-diff.ts
const contextLines = 3;
function unifiedDiff(files, changes) {
	return [...changes.keys()].sort().map((path) => fileDiff(path, files.get(path), changes.get(path))).join("");
}
function fileDiff(path, before, after) {
	const head = [`diff --git a/${path} b/${path}\n`, ...modeLines(before, after)].join("");
	if ([before, after].some((file) => file?.bytes.includes(0) === true)) return `${head}Binary files ${nameOf(before, `a/${path}`)} and ${nameOf(after, `b/${path}`)} differ\n`;
	const body = hunksOf(before, after);
	if (body === "") return head;
	return `${head}--- ${nameOf(before, `a/${path}`)}\n+++ ${nameOf(after, `b/${path}`)}\n${body}`;
}
function modeLines(before, after) {
	if (before === void 0) return [`new file mode ${modeOf(after)}\n`];
	if (after === void 0) return [`deleted file mode ${modeOf(before)}\n`];
	return before.executable === after.executable ? [] : [`old mode ${modeOf(before)}\n`, `new mode ${modeOf(after)}\n`];
}
function modeOf(file) {
	return file?.executable === true ? "100755" : "100644";
}
function nameOf(file, name) {
	return file === void 0 ? "/dev/null" : name;
}
function hunksOf(before, after) {
	const lines = numbered(lineDiff(linesOf(before), linesOf(after)));
	return spansOf(lines.flatMap(({ sign }, at) => sign === " " ? [] : [at]), lines.length).map(([start, end]) => hunk(lines.slice(start, end))).join("");
}
function linesOf(file) {
	return (file === void 0 ? "" : new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.bytes)).match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
function numbered(runs) {
	const signs = {
		same: " ",
		removed: "-",
		added: "+"
	};
	const lines = [];
	let [before, after] = [0, 0];
	for (const { kind, lines: texts } of runs) for (const line of texts) {
		lines.push({
			sign: signs[kind],
			line,
			before,
			after
		});
		if (kind !== "added") before += 1;
		if (kind !== "removed") after += 1;
	}
	return lines;
}
function spansOf(changed, length) {
	return changed.reduce((spans, at) => {
		const [start, end] = [Math.max(0, at - contextLines), Math.min(length, at + contextLines + 1)];
		const last = spans.at(-1);
		if (last !== void 0 && start <= last[1]) last[1] = end;
		else spans.push([start, end]);
		return spans;
	}, []);
}
function hunk(lines) {
	const removed = lines.filter(({ sign }) => sign !== "+").length;
	const added = lines.filter(({ sign }) => sign !== "-").length;
	const [first] = lines;
	const range = (start, count) => `${count === 0 ? start : start + 1},${count}`;
	return `@@ -${range(first?.before ?? 0, removed)} +${range(first?.after ?? 0, added)} @@\n` + lines.map(({ sign, line }) => sign + (line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`)).join("");
}
// tools/edits/src/verify-record.ts
function verifyRecord(record, images) {
	return [...new Set([...Object.keys(record.images), ...images.map(({ name }) => name)])].sort().flatMap((image) => {
		const recorded = record.images[image];
		const listed = images.filter(({ name }) => name === image);
		if (recorded === void 0) return listed.map((each) => ({
			finding: "not recorded",
			image,
			found: stateOf(each)
		}));
		if (listed.length === 0) return [{
			finding: "removed by hand",
			image,
			recorded: recordedState(recorded)
		}];
		const differing = listed.filter((each) => !agrees(recorded, stateOf(each)));
		const before = recordedState(recorded);
		return differing.map((each) => ({
			finding: "edited by hand",
			image,
			recorded: before,
			found: stateOf(each)
		}));
	});
}
function agrees(recorded, found) {
	return (found.tag === void 0 ? found.digest !== void 0 : found.tag === recorded.tag) && (found.digest === void 0 || found.digest === recorded.digest);
}
function stateOf({ newTag, digest }) {
	return {
		...newTag === void 0 ? {} : { tag: newTag },
		...digest === void 0 ? {} : { digest }
	};
}
function recordedState({ tag, digest }) {
	return {
		...tag === void 0 ? {} : { tag },
		...digest === void 0 ? {} : { digest }
	};
}
export { pathsOf as a, parseRecord as c, kustomizationIn as d, kustomizationPaths as f, withChanges as h, parseEdit as i, recordName as l, textOf as m, unifiedDiff as n, RepositoryPath as o, readImages as p, applyEdits as r, isRepositoryPath as s, verifyRecord as t, describeEntry as u };
