import { Ct as strictObject, Et as union, It as StepError, Lt as messageOf, Pt as InputError, St as record, bt as number, dt as _enum, ft as _null, g as lazySchema, h as compareOrder, ht as boolean, m as OrderKey, mt as base64, p as isDeepStrictEqual, pt as array, vt as literal, w as createHash, wt as string, xt as object, yt as looseObject } from "./chunk-base.mjs";
import { a as LineCounter, c as visit, d as isMap, f as isPair, i as Parser, l as isAlias, m as isSeq, n as parseAllDocuments, o as Lexer, p as isScalar, s as Composer, u as isCollection } from "./chunk-yaml.mjs";
import { posix } from "node:path";
// node_modules/smol-toml/dist/error.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function getLineColFromPtr(string, ptr) {
	let lines = string.slice(0, ptr).split(/\r?\n/);
	return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
	let lines = string.split(/\r?\n/);
	let codeblock = "";
	let numberLen = (Math.log10(line + 1) | 0) + 1;
	for (let i = line - 1; i <= line + 1; i++) {
		let l = lines[i - 1];
		if (!l) continue;
		codeblock += i.toString().padEnd(numberLen, " ");
		codeblock += ":  ";
		codeblock += l;
		codeblock += "\n";
		if (i === line) {
			codeblock += " ".repeat(numberLen + column + 2);
			codeblock += "^\n";
		}
	}
	return codeblock;
}
var TomlError = class TomlError extends Error {
	line;
	column;
	codeblock;
	constructor(message, options) {
		const [line, column] = getLineColFromPtr(options.toml, options.ptr);
		const codeblock = makeCodeBlock(options.toml, line, column);
		super(`Invalid TOML document: ${message}\n\n${codeblock}`, options);
		this.line = line;
		this.column = column;
		this.codeblock = codeblock;
	}
	static x(message, ctx, ptr) {
		throw new TomlError(message, {
			toml: ctx.s,
			ptr: ptr ?? ctx.p
		});
	}
};
// node_modules/smol-toml/dist/primitive.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function parseString(ctx) {
	let startPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p++);
	let first = c;
	let isLiteral = c === 39;
	let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
	if (isMultiline) {
		if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10) ctx.p++;
		else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) ctx.p += 2;
	}
	let parsed = "";
	let sliceStart = ctx.p;
	let state = 0;
	for (; ctx.p < ctx.s.length; ctx.p++) {
		c = ctx.s.charCodeAt(ctx.p);
		if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) state = state && 3;
		else if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in strings", ctx);
		else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
			if (isMultiline) {
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
			}
			if (!state) {
				let s = ctx.s.slice(sliceStart, ctx.p);
				parsed = parsed ? parsed + s : s;
			}
			ctx.p += isMultiline ? 3 : 1;
			return parsed;
		} else if (!state) {
			if (!isLiteral && c === 92) {
				parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
				state = 1;
			}
		} else if (state === 1) {
			if (c === 120 || c === 117 || c === 85) {
				let errPtr = ctx.p++ - 1;
				let value = 0;
				let len = c === 120 ? 2 : c === 117 ? 4 : 8;
				for (let j = 0; j < len; j++, ctx.p++) {
					let hex = ctx.s.charCodeAt(ctx.p);
					let digit = hex >= 48 && hex <= 57 ? hex - 48 : hex >= 65 && hex <= 70 ? hex - 65 + 10 : hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1;
					if (digit < 0) TomlError.x("invalid non-hex character in unicode escape", ctx);
					value = value << 4 | digit;
				}
				if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) TomlError.x("invalid unicode escape", ctx, errPtr);
				parsed += String.fromCodePoint(value);
				sliceStart = ctx.p--;
				state = 0;
			} else if (isMultiline && (c === 32 || c === 9)) state = 2;
			else {
				if (c === 98) parsed += "\b";
				else if (c === 116) parsed += "	";
				else if (c === 110) parsed += "\n";
				else if (c === 102) parsed += "\f";
				else if (c === 114) parsed += "\r";
				else if (c === 101) parsed += "\x1B";
				else if (c === 34) parsed += "\"";
				else if (c === 92) parsed += "\\";
				else TomlError.x("unrecognised escape sequence", ctx);
				sliceStart = ctx.p + 1;
				state = 0;
			}
		} else if (c !== 32 && c !== 9) {
			if (state === 2) TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
			state = !isLiteral && c === 92 ? 1 : 0;
			sliceStart = ctx.p;
		}
	}
	TomlError.x("unfinished string", ctx, startPtr);
}
// node_modules/smol-toml/dist/date.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
let DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class TomlDate extends Date {
	#hasDate = false;
	#hasTime = false;
	#offset = null;
	constructor(date, fasttype, unsafeDelim) {
		let hasDate = true;
		let hasTime = true;
		let offset = "Z";
		let c;
		if (typeof date === "string") {
			if (fasttype) prep: {
				if (fasttype < 3) {
					if (+date.slice(11, 13) > 23) {
						date = "";
						break prep;
					}
					if (fasttype === 2) {
						offset = null;
						date += "Z";
					} else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) offset = date.slice(date.length - 6);
					if (unsafeDelim) date = date.slice(0, 10) + "T" + date.slice(11);
				} else if (fasttype === 4) date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
				hasDate = fasttype !== 4;
				hasTime = fasttype !== 3;
			}
			else {
				let match = date.match(DATE_TIME_RE);
				if (match) {
					if (!match[1]) {
						hasDate = false;
						date = `0000-01-01T${date}`;
					}
					hasTime = !!match[2];
					hasTime && date[10] === " " && (date = date.replace(" ", "T"));
					if (match[2] && +match[2] > 23) date = "";
					else {
						offset = match[3] || null;
						if (!offset && hasTime) date += "Z";
					}
				} else date = "";
			}
		}
		super(date);
		if (!isNaN(this.getTime())) {
			this.#hasDate = hasDate;
			this.#hasTime = hasTime;
			this.#offset = offset;
		}
	}
	isDateTime() {
		return this.#hasDate && this.#hasTime;
	}
	isLocal() {
		return !this.#hasDate || !this.#hasTime || !this.#offset;
	}
	isDate() {
		return this.#hasDate && !this.#hasTime;
	}
	isTime() {
		return this.#hasTime && !this.#hasDate;
	}
	isValid() {
		return this.#hasDate || this.#hasTime;
	}
	toISOString() {
		let iso = super.toISOString();
		if (this.isDate()) return iso.slice(0, 10);
		if (this.isTime()) return iso.slice(11, 23);
		if (this.#offset === null) return iso.slice(0, -1);
		if (this.#offset === "Z" || this.#offset === "z") return iso;
		let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
		offset = this.#offset[0] === "-" ? offset : -offset;
		return new Date(this.getTime() - offset * 6e4).toISOString().slice(0, -1) + this.#offset;
	}
	static wrapAsOffsetDateTime(jsDate, offset = "Z") {
		let date = new TomlDate(jsDate);
		date.#offset = offset;
		return date;
	}
	static wrapAsLocalDateTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#offset = null;
		return date;
	}
	static wrapAsLocalDate(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasTime = false;
		date.#offset = null;
		return date;
	}
	static wrapAsLocalTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasDate = false;
		date.#offset = null;
		return date;
	}
};
// node_modules/smol-toml/dist/extract.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function isDigit(char, base = 10) {
	return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
	return char === 32 || char === 9 || char === 10 || char === 13 || delim && (char === delim || char === 44) || char === 35;
}
function extractValue(ctx, end) {
	let errPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p);
	if (c === 91 || c === 123) {
		ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
		let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
		ctx.d++;
		return value;
	}
	if (c === 34 || c === 39) return parseString(ctx);
	if (c === 116) {
		if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, true;
	}
	if (c === 102) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, false;
	}
	if (c === 43 || c === 45) return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
	if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) return parseDate(ctx, c, end);
	if (ctx.s.charCodeAt(ctx.p + 2) === 58) return parseTime(ctx, c, end);
	return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
	let c = startChr;
	let state = 0;
	let hasUnderscores = false;
	if (c === 105) {
		if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, (sign || 1) / 0;
	}
	if (c === 110) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, NaN;
	}
	if (c === 48) {
		if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr)) return ctx.bi === true ? 0n : 0;
		if (!sign) {
			if (c === 120) return parseIntegerBaseN(ctx, startPtr, 16, endChr);
			else if (c === 98) return parseIntegerBaseN(ctx, startPtr, 2, endChr);
			else if (c === 111) return parseIntegerBaseN(ctx, startPtr, 8, endChr);
		}
		if (c === 46) state = 2;
		else if (c === 101 || c === 69) state = 4;
		else TomlError.x("illegal leading zero", ctx, startPtr);
	} else if (!isDigit(c)) TomlError.x("invalid value", ctx, startPtr);
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
		if (!state) state = 1;
		if (c === 95) {
			if (!(state & 1)) TomlError.x("illegal underscore", ctx);
			state += 11;
			hasUnderscores = true;
		} else if (state === 1 && c === 46) state = 2;
		else if ((state === 1 || state === 3) && (c === 101 || c === 69)) state = 4;
		else if (state === 4 && (c === 43 || c === 45)) state = 6;
		else if (!isDigit(c)) TomlError.x(`illegal character in numeric literal`, ctx);
		else if (state > 9) state -= 11;
		else if (!(state & 1)) state++;
	}
	if (!state) {
		let val = (startChr - 48) * (sign || 1);
		return ctx.bi === true ? BigInt(val) : val;
	}
	if (!(state & 1)) TomlError.x("unfinished numeric value", ctx, startPtr);
	let str = ctx.s.slice(startPtr, ctx.p);
	if (hasUnderscores) str = str.replaceAll("_", "");
	return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
	let c, underscore = 1;
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) if (c === 95) {
		if (underscore & 1) TomlError.x("illegal underscore", ctx);
		underscore = 3;
	} else if (!isDigit(c, base)) TomlError.x(`illegal character in numeric literal`, ctx);
	else if (underscore & 1) underscore--;
	if (underscore & 1) TomlError.x("unfinished numeric value", ctx);
	let str = ctx.s.slice(startPtr + 2, ctx.p);
	if (underscore) str = str.replaceAll("_", "");
	return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
	if (ctx.bi !== true) int: {
		let val = parseInt(str, base);
		if (!Number.isSafeInteger(val)) {
			if (ctx.bi) break int;
			TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
		}
		return val;
	}
	return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
	let startPtr = ctx.p++, unsafeSeparator;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
	ctx.p += 5;
	if (!isDigit(ctx.s.charCodeAt(ctx.p++))) TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
	if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 3, false, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) !== 58) TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	if (c = ctx.s.charCodeAt(ctx.p)) {
		if (c === 90 || c === 122) return readDate(ctx, ctx.s.slice(startPtr, ++ctx.p), 1, unsafeSeparator, startPtr, "[+00:00]");
		if (c === 43 || c === 45) return readDate(ctx, ctx.s.slice(startPtr, ctx.p += 6), 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
	}
	return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
	let start = ctx.p;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) return parseNumber(ctx, --ctx.p, c, 0, endChr);
	if (ctx.s.charCodeAt(ctx.p += 4) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	return readDate(ctx, ctx.s.slice(start, ctx.p), 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
	if (ctx.ld) {
		let date = new TomlDate(str, type, unsafeDelim);
		if (!date.isValid()) TomlError.x("invalid date", ctx, errPtr);
		return date;
	}
	try {
		if (temporalSuffix) str += temporalSuffix;
		switch (type) {
			case 1: return Temporal.ZonedDateTime.from(str);
			case 2: return Temporal.PlainDateTime.from(str);
			case 3: return Temporal.PlainDate.from(str);
			case 4: return Temporal.PlainTime.from(str);
		}
	} catch (e) {
		TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
	}
}
// node_modules/smol-toml/dist/util.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function skipComment(ctx) {
	for (; ctx.p < ctx.s.length; ctx.p++) {
		let c = ctx.s.charCodeAt(ctx.p);
		if (c === 10) break;
		if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
			ctx.p++;
			break;
		}
		if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in comments", ctx);
	}
}
function skipVoid(ctx, banNewLines, banComments) {
	let c;
	while (ctx.p < ctx.s.length) {
		while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10))) ctx.p++;
		if (banComments || c !== 35) break;
		skipComment(ctx);
	}
}
// node_modules/smol-toml/dist/struct.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function parseKey(ctx, end = 61) {
	let startPtr;
	let state = 0;
	let parsed = [];
	let sliceStart;
	let c = ctx.s.charCodeAt(startPtr = ctx.p);
	do
		if (c === end) {
			if (!state) TomlError.x("unexpected end of key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			return ctx.p++, parsed;
		} else if (c === 46) {
			if (!state) TomlError.x("illegal empty bare key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			state = 0;
		} else if (!state && (c === 34 || c === 39)) {
			if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2)) TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
			parsed.push(parseString(ctx));
			state = 2;
			ctx.p--;
		} else if (c === 32 || c === 9) {
			if (state === 1) {
				parsed.push(ctx.s.slice(sliceStart, ctx.p));
				state = 2;
			}
		} else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) TomlError.x("illegal character in key", ctx);
		else if (!state) {
			state = 1;
			sliceStart = ctx.p;
		}
	while (c = ctx.s.charCodeAt(++ctx.p));
	TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
function parseInlineTable(ctx) {
	let startPtr = ctx.p++;
	let res = Object.create(null);
	let seen = new Set();
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
			ctx.p++;
			return res;
		}
		let k;
		let t = res;
		let hasOwn = false;
		let errPtr = ctx.p;
		let key = parseKey(ctx);
		for (let i = 0; i < key.length; i++) {
			if (i) t = hasOwn ? t[k] : t[k] = Object.create(null);
			k = key[i];
			if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) {
				t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
				break;
			}
			if (!hasOwn && unsafe) Object.defineProperty(t, k, {
				enumerable: true,
				configurable: true,
				writable: true
			});
		}
		if (hasOwn) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
		skipVoid(ctx, true, true);
		let value = extractValue(ctx, 125);
		if (t && typeof (t[k] = value) === "object") seen.add(value);
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished table", ctx, startPtr);
}
function parseArray(ctx) {
	let startPtr = ctx.p++;
	let res = [];
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
			ctx.p++;
			return res;
		}
		res.push(extractValue(ctx, 93));
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished array", ctx, startPtr);
}
// node_modules/smol-toml/dist/parse.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function peekTable(ctx, key, table, meta, type) {
	let t = table;
	let m = meta;
	let k;
	let hasOwn = false;
	let state;
	for (let i = 0; i < key.length; i++) {
		if (i) {
			t = hasOwn ? t[k] : t[k] = Object.create(null);
			m = (state = m[k]).c;
			if (type === 0 && (state.t === 1 || state.t === 2)) return null;
			if (state.t === 2) {
				let l = t.length - 1;
				t = t[l];
				m = m[l].c;
			}
		}
		k = key[i];
		if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) return null;
		if (!hasOwn) {
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) return false;
			if (unsafe) {
				Object.defineProperty(t, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
				Object.defineProperty(m, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
			}
			m[k] = {
				t: i < key.length - 1 && type === 2 ? 3 : type,
				d: false,
				i: 0,
				c: Object.create(null)
			};
		}
	}
	state = m[k];
	if (state.t !== type && !(type === 1 && state.t === 3)) return null;
	if (type === 2) {
		if (!state.d) {
			state.d = true;
			t[k] = [];
		}
		t[k].push(t = Object.create(null));
		state.c[state.i++] = state = {
			t: 1,
			d: false,
			i: 0,
			c: Object.create(null)
		};
	}
	if (state.d) return null;
	state.d = true;
	if (type === 1) t = hasOwn ? t[k] : t[k] = Object.create(null);
	else if (type === 0 && hasOwn) return null;
	return [
		k,
		t,
		state.c
	];
}
function validateTablePeek(ctx, peek, ptr) {
	if (peek === null || ctx.uk === 2) TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse(toml, options = {}) {
	let ctx = {
		s: toml,
		p: 0,
		d: options.maxDepth ?? 1e3,
		bi: options.integersAsBigInt ?? false,
		ld: options.useLegacyDate ?? true,
		uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
	};
	let res = Object.create(null);
	let meta = Object.create(null);
	let tmp;
	let skipping = false;
	let tbl = res;
	let m = meta;
	if (toml.charCodeAt(0) === 65279) ctx.p++;
	skipVoid(ctx);
	while (ctx.p < toml.length) {
		if (toml.charCodeAt(ctx.p) === 91) {
			let isTableArray = toml.charCodeAt(++ctx.p) === 91;
			tmp = ctx.p += +isTableArray;
			skipping = false;
			let k = parseKey(ctx, 93);
			if (isTableArray) {
				if (toml.charCodeAt(ctx.p) !== 93) TomlError.x("expected end of table array declaration", ctx);
				ctx.p++;
			}
			let p = peekTable(ctx, k, res, meta, isTableArray ? 2 : 1);
			if (!p) {
				validateTablePeek(ctx, p, tmp);
				skipping = true;
			} else {
				m = p[2];
				tbl = p[1];
			}
		} else {
			tmp = ctx.p;
			let p = peekTable(ctx, parseKey(ctx), tbl, m, 0);
			if (!p && !skipping) validateTablePeek(ctx, p, tmp);
			skipVoid(ctx, true, true);
			let v = extractValue(ctx, void 0);
			if (p && !skipping) p[1][p[0]] = v;
		}
		skipVoid(ctx, true);
		if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
		skipVoid(ctx);
	}
	return res;
}
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
"".isWellFormed;
// node_modules/smol-toml/dist/index.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
// tools/yaml-text/src/read-documents.ts
function readDocuments(text, lineCounter) {
	const options = {
		schema: "failsafe",
		keepSourceTokens: true,
		prettyErrors: false,
		lineCounter
	};
	const strict = [...parseAllDocuments(text, options)];
	if (strict.every(({ errors }) => errors.length === 0) || !/["']/.test(text)) return strict;
	const lenient = [...new Composer(options).compose(tokensOf(text))];
	return lenient.every(({ errors }) => errors.length === 0) ? lenient : strict;
}
function* tokensOf(text) {
	const [lexer, parser] = [new Lexer(), new Parser()];
	const inQuotes = Reflect.get(lexer, "parseQuotedScalar");
	if (typeof inQuotes === "function") Reflect.set(lexer, "parseQuotedScalar", function* lenient() {
		const indentation = Reflect.get(lexer, "indentNext");
		Reflect.set(lexer, "indentNext", 0);
		const next = yield* inQuotes.call(lexer);
		Reflect.set(lexer, "indentNext", indentation);
		return next;
	});
	for (const lexeme of lexer.lex(text)) yield* parser.next(lexeme);
	yield* parser.end();
}
// tools/yaml-text/src/yaml-file.ts
function parseYaml(text, file) {
	if (lastRead?.text === text && lastRead.file === file) return lastRead;
	lastRead = readYaml(text, file);
	return lastRead;
}
let lastRead;
function readYaml(text, file) {
	const lines = new LineCounter();
	const documents = documentsOf(text, file, lines);
	for (const document of documents) {
		const [error] = document.errors;
		if (error !== void 0) {
			const { line, col } = lines.linePos(error.pos[0]);
			throw new StepError(`${file}:${line}:${col} is not valid YAML: ${sentence(error.message)}`, {
				hint: hintFor(text),
				cause: error
			});
		}
	}
	return {
		file,
		text,
		documents,
		isJson: file.endsWith(".json") && isJson(text, file)
	};
}
function documentsOf(text, file, lineCounter) {
	try {
		return readDocuments(text, lineCounter);
	} catch (cause) {
		throw new StepError(`${file} cannot be read: ${messageOf(cause)}`, {
			hint: "It may be nested too deeply.",
			cause
		});
	}
}
function nodeAt(yaml, path, document = 0) {
	return path.reduce(childOf$1, yaml.documents[document]?.contents ?? void 0);
}
function dataOf(yaml, document = 0) {
	try {
		const data = yaml.documents[document]?.toJS() ?? void 0;
		if (yaml.text.includes("*")) refuseCycle(data, new Set());
		return data;
	} catch (cause) {
		throw new StepError(`${yaml.file} cannot be read: ${messageOf(cause)}`, { cause });
	}
}
function refuseCycle(data, above) {
	if (typeof data !== "object" || data === null) return;
	if (above.has(data)) throw new StepError("an anchor contains itself");
	const here = new Set([...above, data]);
	for (const inner of Object.values(data)) refuseCycle(inner, here);
}
function samePath(left, right) {
	return left.length === right.length && left.every((step, at) => String(step) === String(right[at]));
}
function isEmptyScalar(node) {
	return isScalar(node) && node.type === "PLAIN" && node.value === "";
}
function refuseShared(yaml, path, document = 0) {
	const steps = [...path, ""].map((_, length) => nodeAt(yaml, path.slice(0, length), document));
	const through = steps.find(isAlias);
	if (through !== void 0) throw sharedError$1(yaml, through, through.source);
	const used = aliasesOf(yaml, document);
	const shared = steps.find((node) => hasAnchor(node) && used.has(node.anchor));
	if (hasAnchor(shared)) throw sharedError$1(yaml, shared, shared.anchor);
}
function lineOf(yaml, offset) {
	return yaml.text.slice(0, offset).split("\n").length;
}
function childOf$1(parent, step) {
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
function sharedError$1(yaml, node, anchor) {
	const line = lineOf(yaml, node.range?.[0] ?? 0);
	return new StepError(`${yaml.file}:${line} cannot be edited: it is shared with other places through the anchor &${anchor}`, { hint: "Write the value out where it has to differ, then run again." });
}
function isJson(text, file) {
	try {
		JSON.parse(text.replace(/^\ufeff/, ""));
		return true;
	} catch (cause) {
		throw new StepError(`${file} is not valid JSON: ${messageOf(cause)}`, { cause });
	}
}
function hintFor(text) {
	if (!/\{\{-?\s*[\w.$"(]/.test(text)) return "Correct the file; nothing was changed.";
	return "It seems to be a template that becomes YAML once it is rendered; edit the values that it is rendered with.";
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
const harmless = /^[A-Za-z0-9_./](?:[A-Za-z0-9_\-+./:@= ]*[A-Za-z0-9_\-+./@=])?$/;
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
	return `{${entriesOf$1(value).map(([key, inner]) => `${renderScalar(key)}: ${renderFlow(inner)}`).join(", ")}}`;
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
	return (isList(value) ? value.map((item) => renderItem(item, column, style)) : entriesOf$1(value).map(([key, inner]) => renderEntry(key, inner, column, style))).join(`${style.newline}${" ".repeat(column)}`);
}
function entriesOf$1(value) {
	return Object.entries(value).flatMap(([key, inner]) => inner === void 0 ? [] : [[key, inner]]);
}
function isList(value) {
	return Array.isArray(value);
}
function isEmpty(value) {
	return typeof value !== "string" && (isList(value) ? value.length : entriesOf$1(value).length) === 0;
}
// tools/yaml-text/src/meaning.ts
function meaningOf(yaml) {
	return yaml.documents.map((document) => meaningOfNode(document.contents));
}
function meaningOfValue(value) {
	if (typeof value === "string") return scalarMeaning(value);
	if (isList(value)) return { items: value.map(meaningOfValue) };
	return { entries: entriesOf$1(value).map(([key, inner]) => ({
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
function spliceYaml(yaml, splices, expected) {
	const after = parsedOrUndefined$1(spliced(yaml.text, splices), yaml.file);
	if (after === void 0 || !sameMeaning(meaningOf(after), expected)) {
		const line = lineOf(yaml, splices[0]?.start ?? 0);
		throw new StepError(`${yaml.file}:${line} is laid out in a way that cannot be edited without changing other parts`, { hint: "Write this part in plain block style, then run again; nothing was changed." });
	}
	return after;
}
function spliced(text, splices) {
	const ordered = splices.toSorted((a, b) => a.start - b.start);
	return ordered.map(({ start, text: inserted }, at) => text.slice(ordered[at - 1]?.end ?? 0, start) + inserted).join("") + text.slice(ordered.at(-1)?.end ?? 0);
}
function parsedOrUndefined$1(text, file) {
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
	const splice = isFlow(map) ? inFlow$2(yaml, map, key, value) : inBlock$2(yaml, map, key, value, document);
	const expected = meaningOf(yaml).map((meaning, at) => at === document ? changeMeaning(meaning, path, (part) => withEntry$1(part, key, value)) : meaning);
	return spliceYaml(yaml, [splice], expected);
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
function inFlow$2(yaml, map, key, value) {
	const last = map.items.at(-1);
	const at = last === void 0 ? startOf(map) + 1 : endOfPair(last);
	const text = yaml.isJson ? `${JSON.stringify(key)}: ${JSON.stringify(value)}` : `${renderScalar(key)}: ${renderFlow(value)}`;
	if (last === void 0) return {
		start: at,
		end: at,
		text
	};
	return {
		start: at,
		end: at,
		text: `,${gapBefore(yaml, map, startOf(last.key))}${text}`
	};
}
function gapBefore(yaml, collection, last) {
	const before = yaml.text.slice(startOf(collection), last);
	return /\r?\n[ \t]*$/.exec(before)?.[0] ?? " ";
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
	const splice = newLine(yaml, yaml.text.length, 0, renderEntry(key, value, 0, style), style.newline);
	const entries = [{
		key: meaningOfValue(key),
		value: meaningOfValue(value)
	}];
	return spliceYaml(yaml, [splice], [{ entries }]);
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
	const splice = spliceFor$1(yaml, path, list, value, document);
	if (splice === void 0) throw new StepError(`${yaml.file} has no list as ${path.join(".")}`);
	const expected = meaningOf(yaml).map((meaning, at) => at === document ? changeMeaning(meaning, path, (part) => withItem(part, value)) : meaning);
	return spliceYaml(yaml, [splice], expected);
}
function withItem(part, value) {
	if ("items" in part) return {
		...part,
		items: [...part.items, meaningOfValue(value)]
	};
	return { items: [meaningOfValue(value)] };
}
function spliceFor$1(yaml, path, list, value, document) {
	if (isSeq(list)) return isFlow(list) ? inFlow$1(yaml, list, value) : inBlock$1(yaml, list, value, document);
	return list !== void 0 && isEmptyScalar(list) ? firstItem(yaml, path, value, document) : void 0;
}
function inFlow$1(yaml, list, value) {
	const last = list.items.at(-1);
	const at = last === void 0 ? startOf(list) + 1 : endOfNode(last);
	const text = yaml.isJson ? JSON.stringify(value) : renderFlow(value);
	return {
		start: at,
		end: at,
		text: last === void 0 ? text : `,${gapBefore(yaml, list, startOf(last))}${text}`
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
	const at = positionOf$1(parent, step);
	if (parent === void 0 || at === -1) return yaml;
	refuseShared(yaml, isAlias(nodeAt(yaml, path, document)) ? path.slice(0, -1) : path, document);
	const splice = isFlow(parent) ? inFlow(partsOf(parent), at) : inBlock(yaml, partsOf(parent), at);
	if (splice === void 0) throw new StepError(`${yaml.file} would be left with nothing where ${path.join(".")} stands`);
	const expected = meaningOf(yaml).map((meaning, index) => index === document ? changeMeaning(meaning, path.slice(0, -1), (part) => without(part, step)) : meaning);
	return spliceYaml(yaml, [splice], expected);
}
function positionOf$1(parent, step) {
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
// tools/yaml-text/src/block-list.ts
function appendBlockItem(yaml, path, value) {
	const place = emptyListAt(yaml, path);
	if (place === void 0) return appendItem(yaml, path, value);
	refuseShared(yaml, path);
	const style = styleOf(yaml);
	const column = place.column + style.listIndent;
	const item = newLine(yaml, nextLineOf(yaml, place.end), column, renderItem(value, column, style), style.newline);
	return spliceYaml(yaml, [{
		start: place.start,
		end: place.end,
		text: ""
	}, item], withItems(yaml, path, [meaningOfValue(value)]));
}
function removeItem(yaml, path, at) {
	const list = nodeAt(yaml, path);
	if (!isSeq(list)) throw new StepError(`${yaml.file} has no list as ${path.join(".")}`);
	if (list.items.length !== 1 || at !== 0 || isFlow(list)) return removeEntry(yaml, [...path, at]);
	refuseShared(yaml, [...path, at]);
	const colon = colonBefore(yaml, path);
	const start = startOf(list);
	return spliceYaml(yaml, [{
		...colon !== void 0 && yaml.text.slice(colon, start).trim() === "" ? {
			start: colon,
			text: " []"
		} : {
			start,
			text: "[]"
		},
		end: endOfLastLine(yaml, list)
	}], withItems(yaml, path, []));
}
function emptyListAt(yaml, path) {
	const list = nodeAt(yaml, path);
	const pair = pairAt(yaml, path);
	const colon = pair === void 0 ? void 0 : colonOf(pair);
	if (!(isSeq(list) && isFlow(list) && list.items.length === 0) || pair === void 0 || colon === void 0 || yaml.isJson) return void 0;
	const parent = nodeAt(yaml, path.slice(0, -1));
	if (parent === void 0 || isFlow(parent)) return void 0;
	return {
		start: colon,
		end: endOfNode(list),
		column: columnOf(yaml, startOf(pair.key))
	};
}
function colonBefore(yaml, path) {
	const pair = pairAt(yaml, path);
	return pair === void 0 ? void 0 : colonOf(pair);
}
function pairAt(yaml, path) {
	const parent = nodeAt(yaml, path.slice(0, -1));
	if (!isMap(parent)) return void 0;
	return parent.items.find(({ key }) => isScalar(key) && key.value === String(path.at(-1)));
}
function endOfLastLine(yaml, list) {
	const end = endOfNode(list);
	return yaml.text.slice(0, end).trimEnd().length;
}
function withItems(yaml, path, items) {
	return meaningOf(yaml).map((meaning, at) => at === 0 ? changeMeaning(meaning, path, (part) => "items" in part ? {
		...part,
		items
	} : part) : meaning);
}
// tools/yaml-text/src/scalars.ts
function scalarsOf$1(yaml) {
	return yaml.documents.flatMap((each, document) => scalarsIn(yaml, each.contents, [], document));
}
function scalarsIn(yaml, node, path, document) {
	if (isScalar(node)) {
		const end = node.range?.[1] ?? 0;
		const rest = yaml.text.slice(end, nextLineOf(yaml, end)).trimEnd();
		return [{
			path,
			document,
			text: String(node.value),
			rest
		}];
	}
	if (!isCollection(node)) return [];
	if (isSeq(node)) return node.items.flatMap((item, at) => scalarsIn(yaml, item, [...path, at], document));
	if (!isMap(node)) return [];
	return node.items.flatMap(({ key, value }) => isScalar(key) ? scalarsIn(yaml, value, [...path, String(key.value)], document) : []);
}
// tools/yaml-text/src/set-block-text.ts
function setBlockText(yaml, path, text, document = 0) {
	refuseShared(yaml, path, document);
	const node = nodeAt(yaml, path, document);
	if (!isScalar(node)) throw new StepError(`${yaml.file} has no text as ${path.join(".")}`);
	if (node.value === text) return yaml;
	if (node.type !== "BLOCK_LITERAL") {
		const line = lineOf(yaml, startOf(node));
		throw new StepError(`${yaml.file}:${line} holds YAML as ${path.join(".")} in a form that cannot be edited in place`, { hint: "Write it as a literal block, with | after the key." });
	}
	const expected = meaningOf(yaml).map((meaning, at) => at === document ? changeMeaning(meaning, path, (part) => ({
		...part,
		scalar: text,
		isString: true
	})) : meaning);
	return spliceYaml(yaml, splicesFor(yaml, node, text, document), expected);
}
function splicesFor(yaml, node, text, document) {
	const before = String(node.value);
	const block = {
		yaml,
		start: nextLineOf(yaml, startOf(node)),
		before
	};
	const { newline } = styleOf(yaml, document);
	const [old, changed] = [before.split("\n"), text.split("\n")];
	if (old.length !== changed.length) return [spliceFor(block, {
		at: 0,
		before,
		after: text
	}, newline)];
	let next = 0;
	return old.flatMap((line, index) => {
		const [at, after] = [next, changed[index] ?? ""];
		next += line.length + 1;
		return after === line ? [] : [spliceFor(block, {
			at,
			before: line,
			after
		}, newline)];
	});
}
function spliceFor(block, { at, before, after }, newline) {
	const shorter = Math.min(before.length, after.length);
	const start = commonLength(shorter, (offset) => before[offset] === after[offset]);
	const kept = commonLength(shorter - start, (offset) => before.at(-1 - offset) === after.at(-1 - offset));
	const inserted = after.slice(start, after.length - kept).replaceAll(/\n(?!\n)/g, `\n${" ".repeat(indentOf(block))}`).replaceAll("\n", newline);
	return {
		start: inFile(block, at + start),
		end: inFile(block, at + before.length - kept),
		text: inserted
	};
}
function commonLength(longest, isSame) {
	return Array.from({ length: longest }, (_, at) => at).find((at) => !isSame(at)) ?? longest;
}
function indentOf({ yaml, start, before }) {
	const line = before.split("\n").findIndex((each) => each.trim() !== "");
	const inText = yaml.text.slice(start).split("\n")[line] ?? "";
	const inValue = before.split("\n")[line] ?? "";
	return leading(inText) - leading(inValue);
}
function inFile(block, offset) {
	const lines = block.before.slice(0, offset).split("\n");
	const lineStart = lines.slice(1).reduce((at) => nextLineOf(block.yaml, at), block.start);
	const column = lines.at(-1)?.length ?? 0;
	return column === 0 && offset === block.before.length ? lineStart : lineStart + indentOf(block) + column;
}
function leading(line) {
	return line.length - line.trimStart().length;
}
// tools/yaml-text/src/shared-nodes.ts
function sharedNodesOf(yaml, document) {
	const uses = {
		anchored: new Map(),
		aliases: new Map()
	};
	const parsed = yaml.documents[document];
	const root = parsed?.contents ?? void 0;
	if (yaml.text.includes("*") && parsed !== void 0) collect(parsed, root, [], uses);
	const reach = (path) => {
		let at = follow({
			node: root,
			path: [],
			through: []
		}, uses);
		for (const step of path) at = follow({
			node: childOf$1(at.node, step),
			path: [...at.path, step],
			through: at.through
		}, uses);
		return at;
	};
	const otherPathsTo = (path) => [...path, ""].flatMap((_, length) => {
		const { node } = reach(path.slice(0, length));
		return [...uses.aliases.values()].filter(({ target }) => node !== void 0 && target === node).map((use) => [...use.path, ...path.slice(length)]);
	});
	return {
		reach,
		otherPathsTo
	};
}
function sharedError(yaml, node, anchor) {
	const line = lineOf(yaml, node?.range?.[0] ?? 0);
	return new StepError(`${yaml.file}:${line} cannot be edited: it is shared with other places through the anchor &${anchor}`, { hint: "Write the value out where it has to differ, then run again." });
}
function follow(at, uses) {
	if (!isAlias(at.node)) return at;
	const target = uses.aliases.get(at.node)?.target;
	const through = [...at.through, {
		alias: at.node,
		path: at.path
	}];
	return {
		node: target,
		path: (target && uses.anchored.get(target)) ?? at.path,
		through
	};
}
function collect(document, node, path, uses) {
	if (isAlias(node)) uses.aliases.set(node, {
		path,
		target: node.resolve(document)
	});
	if ((isScalar(node) || isCollection(node)) && node.anchor !== void 0) uses.anchored.set(node, path);
	if (isSeq(node)) for (const [at, item] of node.items.entries()) collect(document, item, [...path, at], uses);
	if (!isMap(node)) return;
	for (const { key, value } of node.items) {
		collect(document, key, [...path, -1], uses);
		collect(document, value, [...path, isScalar(key) ? String(key.value) : -1], uses);
	}
}
// tools/yaml-text/src/set-scalar.ts
function setScalar(yaml, path, value, document = 0) {
	return setScalars(yaml, [{
		path,
		value,
		document
	}]);
}
function setScalars(yaml, targets) {
	const edits = yaml.documents.flatMap((_, document) => {
		const own = targets.filter((target) => (target.document ?? 0) === document);
		return own.length === 0 ? [] : editsIn(yaml, document, own);
	});
	if (edits.length === 0) return yaml;
	const expected = meaningOf(yaml).map((meaning, at) => edits.filter(({ document }) => document === at).reduce((current, { path, value }) => changeMeaning(current, path, (part) => said(part, value)), meaning));
	return spliceYaml(yaml, edits.map(({ splice }) => splice), expected);
}
function editsIn(yaml, document, targets) {
	const shared = sharedNodesOf(yaml, document);
	const edits = targets.flatMap((target) => {
		const place = placeOf$1(yaml, shared, target, targets);
		if (!(isScalar(place.node) || isAlias(place.node))) throw notScalar(yaml, target.path, place.node);
		refuseForeignTag(yaml, place.node, target.path);
		if (isScalar(place.node) && isSaidAlready(place.node, target.value)) return [];
		const splice = isEmptyScalar(place.node) ? fillIn(yaml, place.path, target.value, document) : replace(yaml, place.node, target.value, document);
		return [{
			document,
			path: place.path,
			value: target.value,
			splice
		}];
	});
	const first = (edit) => edits.find(({ splice }) => splice.start === edit.splice.start) ?? edit;
	return edits.filter((edit) => first(edit) === edit);
}
function placeOf$1(yaml, shared, target, targets) {
	const reached = shared.reach(target.path);
	const agrees = (path) => targets.some((each) => samePath(each.path, path) && each.value === target.value);
	const uses = [reached.path, ...shared.otherPathsTo(reached.path)];
	const isUnchanged = isScalar(reached.node) && reached.through.length === 0 && isSaidAlready(reached.node, target.value);
	if (uses.every(agrees) || isUnchanged) return {
		node: reached.node,
		path: reached.path
	};
	const [last, earlier] = [reached.through.at(-1), reached.through.at(-2)];
	if (last !== void 0 && earlier === void 0 && samePath(last.path, target.path) && shared.otherPathsTo(target.path.slice(0, -1)).length === 0) return {
		node: last.alias,
		path: target.path
	};
	throw sharedError(yaml, last?.alias ?? reached.node, last?.alias.source ?? anchorOn(yaml, target));
}
function anchorOn(yaml, { path, document }) {
	return [...path, ""].map((_, length) => nodeAt(yaml, path.slice(0, length), document)).flatMap((node) => node !== void 0 && "anchor" in node && node.anchor ? [node.anchor] : []).at(-1) ?? "";
}
function isSaidAlready(node, value) {
	if (typeof value === "string") return node.value === value && (node.type !== "PLAIN" || isPlainString(value));
	return node.value === String(value) && node.type === "PLAIN";
}
function said(part, value) {
	const { anchor, tag } = part;
	const scalar = String(value);
	const isString = typeof value === "string" || isPlainString(scalar);
	return {
		...anchor === void 0 ? {} : { anchor },
		...tag === void 0 ? {} : { tag },
		scalar,
		isString
	};
}
function replace(yaml, node, value, document) {
	const [start, end] = node.range ?? [0, 0];
	const newline = isScalar(node) && node.type?.startsWith("BLOCK") === true && yaml.text[end - 1] === "\n" ? styleOf(yaml, document).newline : "";
	const tail = isScalar(node) && typeof value === "string" ? tailSplice(yaml, node, value) : void 0;
	if (tail !== void 0) return tail;
	return {
		start,
		end,
		text: `${textFor(value, yaml.isJson ? "double" : quotesOf(node))}${newline}`
	};
}
function tailSplice(yaml, node, value) {
	const [start, end] = node.range ?? [0, 0];
	const before = String(node.value);
	const raw = yaml.text.slice(start + 1, end - 1);
	if (node.type !== "QUOTE_DOUBLE" || !raw.includes("\\")) return void 0;
	const differs = [...before].findIndex((char, at) => char !== value[at]);
	const [gone, come] = [before.slice(differs), value.slice(differs)];
	const isSimple = [gone, come].every((part) => /^[\w.:@/+-]+$/.test(part));
	if (differs === -1 || !isSimple || !raw.endsWith(gone)) return void 0;
	return {
		start: end - 1 - gone.length,
		end: end - 1,
		text: come
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
		text: ` ${textFor(value, "plain")}`
	};
}
function textFor(value, style) {
	return typeof value === "string" ? renderScalar(value, style) : String(value);
}
function quotesOf(node) {
	const type = isScalar(node) ? node.type : void 0;
	if (type === "QUOTE_SINGLE") return "single";
	return type === "QUOTE_DOUBLE" ? "double" : "plain";
}
function refuseForeignTag(yaml, node, path) {
	const tag = isScalar(node) ? node.tag : void 0;
	if (tag === void 0 || tag === "!" || /^tag:yaml\.org,2002:/.test(tag)) return;
	const line = lineOf(yaml, node.range?.[0] ?? 0);
	throw new StepError(`${yaml.file}:${line} has a value of the type ${tag} as ${path.join(".")}, which is not text`, { hint: "Edit it by hand, or write plain text there." });
}
function notScalar(yaml, path, node) {
	const line = lineOf(yaml, node?.range?.[0] ?? 0);
	const what = node === void 0 ? "has no" : "has something other than text as";
	return new StepError(`${yaml.file}:${line} ${what} ${path.join(".")}`);
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
function fileAt(files, path) {
	const file = files.get(path);
	if (file !== void 0) return file;
	throw new InputError(`there is no file ${path}`, [{
		field: "path",
		expected: "expected a file of the repository"
	}]);
}
function changesOfText(files, path, after) {
	const before = fileAt(files, path);
	return new Map(textOf(before, path) === after ? [] : [[path, textFile(after, before.executable)]]);
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
// tools/edits/src/image-reference.ts
const namePattern = /^(?:[A-Za-z0-9.-]+:\d+\/)?[A-Za-z0-9][A-Za-z0-9._\-/]*/;
const versionPattern = /^(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@([a-z0-9+._-]+:[a-fA-F0-9]{32,}))?$/;
function parseImageReference(text) {
	const name = namePattern.exec(text)?.[0];
	const version = name === void 0 ? null : versionPattern.exec(text.slice(name.length));
	if (name === void 0 || version === null) return void 0;
	const [, tag, digest] = version;
	return {
		name,
		...tag === void 0 ? {} : { tag },
		...digest === void 0 ? {} : { digest }
	};
}
function hasComputedVersion(text, image) {
	const name = namePattern.exec(text)?.[0];
	if (name === void 0 || !isSameImage(name, image)) return false;
	return /^[:@].*(\{\{|\$[{(\w])/.test(text.slice(name.length));
}
function isSameImage(left, right) {
	return left === right || canonicalName(left) === canonicalName(right);
}
function canonicalName(name) {
	return name.replace(/^(?:index\.|registry-1\.)?docker\.io\//, "").replace(/^library\//, "");
}
function mayCarry(text, image) {
	return text.includes(image.slice(image.lastIndexOf("/") + 1)) || /\\[xuU/\r\n]/.test(text);
}
// tools/edits/src/image-version.ts
const ImageName = lazySchema(() => string().regex(/^[A-Za-z0-9][A-Za-z0-9._\-:/]*$/, "expected an image name without tag and digest"));
const ImageVersion = lazySchema(() => {
	const tag = string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, "expected an image tag");
	const digest = string().regex(/^[a-z0-9+._-]+:[a-fA-F0-9]{32,}$/, "expected a digest such as sha256:…");
	return union([
		strictObject({
			tag,
			digest
		}),
		strictObject({ tag }),
		strictObject({ digest })
	]);
});
function referenceOf(name, { tag, digest }) {
	return `${name}${tag === void 0 ? "" : `:${tag}`}${digest === void 0 ? "" : `@${digest}`}`;
}
// tools/edits/src/image-places/apply-places.ts
function applyPlaces(yaml, places) {
	const targets = places.flatMap(({ document, changes }) => (changes.set ?? []).map((each) => ({
		...each,
		document
	})));
	return places.reduce(withOtherChanges, setScalars(yaml, targets));
}
function withOtherChanges(yaml, { document, changes }) {
	const { insert = [], remove = [], rewrite } = changes;
	const inserted = insert.reduce((current, { path, key, value }) => {
		return nodeAt(current, [...path, key], document) !== void 0 ? setScalar(current, [...path, key], value, document) : insertEntry(current, path, key, value, document);
	}, yaml);
	const removed = remove.reduce((current, path) => removeEntry(current, path, document), inserted);
	return rewrite === void 0 ? removed : setBlockText(removed, rewrite.path, rewrite.text, document);
}
// tools/edits/src/image-places/image-place.ts
const layouts = [
	"kustomize",
	"manifest",
	"helm",
	"argocd",
	"flux"
];
function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function textIn(map, key) {
	const value = Object.hasOwn(map, key) ? map[key] : void 0;
	return typeof value === "string" && ![
		"",
		"~",
		"null"
	].includes(value) ? value : void 0;
}
function formatPath(path) {
	return path.map((step) => typeof step === "number" ? `[${step}]` : /[.[\]"]/.test(step) ? `["${step}"]` : `.${step}`).join("").replace(/^\./, "");
}
// tools/edits/src/image-places/wanted-parts.ts
function wantedParts(found, { to, pin }) {
	const { tag, digest } = to;
	if (tag === void 0 || digest === void 0 || pin === "always") return to;
	if (found.digest === void 0) return { tag };
	return found.tag === void 0 ? { digest } : {
		tag,
		digest
	};
}
// tools/edits/src/image-places/reference-place.ts
function referencePlace(layout, view, path, text, wanted) {
	if (typeof text !== "string") return [];
	if (hasComputedVersion(text, wanted.image)) throw computedVersion(view, path, text);
	const reference = parseImageReference(text);
	if (reference === void 0 || !isSameImage(reference.name, wanted.image)) return [];
	const { name, ...found } = reference;
	const value = referenceOf(name, wantedParts(found, wanted));
	return [{
		layout,
		document: view.document,
		path,
		found,
		changes: { set: [{
			path,
			value
		}] }
	}];
}
function computedVersion({ yaml }, path, text) {
	return new StepError(`${yaml.file} has a version that is filled in from elsewhere as ${formatPath(path)}: ${text}`, { hint: "Set it where it comes from, or name the files that are to be edited." });
}
// tools/edits/src/image-places/values-places.ts
const nameKeys = [
	"repository",
	"image",
	"name"
];
const registryKeys = ["registry", "hub"];
const tagKeys = ["tag", "imageTag"];
const digestKeys = [
	"digest",
	"imageDigest",
	"sha",
	"sha256"
];
function valuesPlaces(view, data, path, wanted) {
	return placesBelow$1({
		view,
		wanted,
		registry: isRecord(data) && isRecord(data["global"]) ? textIn(data["global"], "imageRegistry") : void 0
	}, data, path);
}
function valuesPlaceAt(view, data, path, wanted) {
	const search = {
		view,
		wanted,
		registry: void 0
	};
	const [place] = isRecord(data) ? placesOfMap(search, data, path, true) : referencePlace("helm", view, path, data, wanted);
	if (place !== void 0) return place;
	throw new StepError(`${view.yaml.file} does not name the image ${wanted.image} as ${formatPath(path)}`);
}
function placesBelow$1(search, data, path) {
	if (Array.isArray(data)) return data.flatMap((item, at) => [...isListOfImages(path) && hasVersion(item) ? referencePlace("helm", search.view, [...path, at], item, search.wanted) : [], ...placesBelow$1(search, item, [...path, at])]);
	if (!isRecord(data)) return [];
	const own = placesOfMap(search, data, path, isImageKey(path.at(-1)));
	const taken = new Set(own.map((place) => String(place.path.at(-1))));
	const references = Object.entries(data).filter(([key, value]) => !taken.has(key) && (isImageKey(key) || hasVersion(value) && (isListOfImages(path) || key === "repository"))).flatMap(([key, value]) => referencePlace("helm", search.view, [...path, key], value, search.wanted));
	const below = Object.entries(data).flatMap(([key, value]) => placesBelow$1(search, value, [...path, key]));
	return [
		...own,
		...references,
		...below
	];
}
function hasVersion(value) {
	const { tag, digest } = parseImageReference(String(value)) ?? {};
	return tag !== void 0 || digest !== void 0;
}
function isListOfImages(path) {
	return isImageKey(path.at(-1), "s") || path.at(-1) === "tags" && isImageKey(path.at(-2), "s");
}
function isImageKey(key, plural = "") {
	return typeof key === "string" && new RegExp(`image${plural}$`, "i").test(key);
}
function placesOfMap(search, map, path, isImage) {
	const { view, wanted } = search;
	refuseMerge(search, map, path);
	const nameKey = nameKeys.find((key) => namesImage(search, map, key));
	if (nameKey === void 0) return [];
	const tagKey = [...tagKeys, ...isImage ? ["version"] : []].find((key) => Object.hasOwn(map, key));
	const digestKey = digestKeys.find((key) => Object.hasOwn(map, key));
	if (!(tagKey !== void 0 || digestKey !== void 0) && !(isImage && nameKey === "repository")) return [];
	const place = {
		view,
		path,
		map,
		tagKey,
		digestKey
	};
	for (const key of [tagKey, digestKey]) {
		const text = key === void 0 ? void 0 : textIn(map, key);
		if (text !== void 0 && hasComputedVersion(`${wanted.image}:${text}`, wanted.image)) throw computedVersion(view, [...path, key ?? ""], text);
	}
	const found = foundIn$1(place);
	const changes = changesOf$1(place, found, wanted);
	return [{
		layout: "helm",
		document: view.document,
		path: [...path, nameKey],
		found,
		changes
	}];
}
function namesImage({ wanted, registry }, map, key) {
	const repository = textIn(map, key);
	if (repository === void 0 || parseImageReference(repository)?.name !== repository) return false;
	const own = registryKeys.map((each) => textIn(map, each)).find((each) => each !== void 0);
	const full = [own, registry].flatMap((host) => host === void 0 ? [] : [`${host}/${repository}`]);
	const names = own === void 0 ? [repository, ...full] : full;
	const below = key === "repository" ? [textIn(map, "name"), textIn(map, "image")] : [];
	const joined = names.flatMap((name) => below.flatMap((part) => part === void 0 ? [] : [`${name}/${part}`]));
	return [...names, ...joined].some((name) => isSameImage(name, wanted.image));
}
function refuseMerge(search, map, path) {
	if (!Object.hasOwn(map, "<<")) return;
	const merged = mergedInto(map);
	const whole = {
		...merged,
		...map
	};
	if (![merged, whole].some((each) => nameKeys.some((key) => namesImage(search, each, key)))) return;
	const hasOwn = (keys) => keys.some((key) => Object.hasOwn(map, key));
	const isDigestOwn = hasOwn(digestKeys) || !digestKeys.some((key) => Object.hasOwn(whole, key));
	if (hasOwn(nameKeys) && hasOwn(tagKeys) && isDigestOwn || !hasOwn([
		...nameKeys,
		...registryKeys,
		...tagKeys,
		...digestKeys
	])) return;
	throw new StepError(`${search.view.yaml.file} merges other values into the image ${formatPath(path)}, so its version may stand elsewhere`, { hint: "Write repository and tag of this image out, then run again." });
}
function mergedInto(map) {
	const sources = [map["<<"]].flat().filter(isRecord);
	return Object.assign({}, ...sources.toReversed().map((source) => ({
		...mergedInto(source),
		...source
	})));
}
function foundIn$1({ map, tagKey, digestKey }) {
	const [tag, inTag] = (tagKey === void 0 ? "" : textIn(map, tagKey) ?? "").split("@");
	const digest = (digestKey === void 0 ? void 0 : textIn(map, digestKey)) ?? inTag;
	return {
		...tag ? { tag } : {},
		...digest === void 0 ? {} : { digest: withAlgorithm(digest) }
	};
}
function changesOf$1(place, found, wanted) {
	const { map, path, tagKey, digestKey } = place;
	const parts = wantedParts(found, wanted);
	const tagText = tagKey === void 0 ? void 0 : textIn(map, tagKey);
	const isCombined = digestKey === void 0 && tagText?.includes("@") === true;
	const tag = isCombined && parts.digest !== void 0 ? `${parts.tag ?? found.tag ?? ""}@${parts.digest}` : parts.tag;
	if (parts.digest !== void 0 && digestKey === void 0 && !isCombined && parts.tag === void 0) throw new StepError(`${place.view.yaml.file} has no digest as ${formatPath(path)}, so it cannot be set there`, { hint: "Give the tag as well, or add the key that this chart reads the digest from." });
	const set = [...tagKey === void 0 || tag === void 0 ? [] : [{
		path: [...path, tagKey],
		value: tag
	}], ...digestChange(place, parts)];
	const insert = tagKey === void 0 && tag !== void 0 ? [{
		path,
		key: "tag",
		value: tag
	}] : [];
	const isLeftOut = parts.digest !== void 0 && digestKey === void 0 && !isCombined;
	const note = `${place.view.yaml.file} has no key for the digest of ${wanted.image}; the tag alone is set`;
	return {
		set,
		insert,
		...isLeftOut ? { note } : {}
	};
}
function digestChange({ map, path, digestKey }, { digest }) {
	if (digestKey === void 0) return [];
	const text = textIn(map, digestKey);
	if (digest === void 0) return text === void 0 ? [] : [{
		path: [...path, digestKey],
		value: ""
	}];
	const isBare = digestKey.startsWith("sha") && !(text ?? "").includes(":");
	return [{
		path: [...path, digestKey],
		value: isBare ? digest.replace(/^sha256:/, "") : digest
	}];
}
function withAlgorithm(digest) {
	return digest.includes(":") ? digest : `sha256:${digest}`;
}
// tools/edits/src/image-places/embedded-values-places.ts
function embeddedValuesPlaces(view, text, path, wanted) {
	if (typeof text !== "string" || !mayCarry(text, wanted.image)) return [];
	const yaml = parseYaml(text, `${view.yaml.file}: ${formatPath(path)}`);
	const places = yaml.documents.flatMap((_, document) => valuesPlaces({
		yaml,
		document,
		data: dataOf(yaml, document)
	}, dataOf(yaml, document), [], wanted));
	const [first] = places;
	if (first === void 0) return [];
	const rewrite = {
		path,
		text: applyPlaces(yaml, places).text
	};
	return [{
		layout: "helm",
		document: view.document,
		path,
		found: first.found,
		changes: { rewrite }
	}];
}
// tools/edits/src/image-places/argocd-places.ts
function sourcesOf(data) {
	const spec = isRecord(data) ? data["spec"] : void 0;
	if (!isRecord(spec)) return [];
	const isSet = isRecord(data) && data["kind"] === "ApplicationSet";
	const template = isSet && isRecord(spec["template"]) ? spec["template"]["spec"] : void 0;
	const [base, owner] = isSet ? [[
		"spec",
		"template",
		"spec"
	], template] : [["spec"], spec];
	if (!isRecord(owner)) return [];
	const single = isRecord(owner["source"]) ? [{
		path: [...base, "source"],
		source: owner["source"]
	}] : [];
	const many = Array.isArray(owner["sources"]) ? owner["sources"] : [];
	return [...single, ...many.flatMap((source, at) => isRecord(source) ? [{
		path: [
			...base,
			"sources",
			at
		],
		source
	}] : [])];
}
function sourcePlaces(view, { path, source }, wanted) {
	const { kustomize, helm } = source;
	return [...(isRecord(kustomize) && Array.isArray(kustomize["images"]) ? kustomize["images"] : []).flatMap((text, at) => overridePlace(view, [
		...path,
		"kustomize",
		"images",
		at
	], text, wanted)), ...isRecord(helm) ? helmPlaces(view, helm, [...path, "helm"], wanted) : []];
}
function overridePlace(view, path, text, wanted) {
	if (typeof text !== "string") return [];
	const [first = "", second] = text.split("=");
	const target = second ?? first;
	if (hasComputedVersion(target, wanted.image)) throw computedVersion(view, path, text);
	const reference = parseImageReference(target);
	if (reference === void 0) return [];
	if (![reference.name, ...second === void 0 ? [] : [first]].some((name) => isSameImage(name, wanted.image))) return [];
	const { name, ...found } = reference;
	const value = `${second === void 0 ? "" : `${first}=`}${referenceOf(name, wantedParts(found, wanted))}`;
	return [{
		layout: "argocd",
		document: view.document,
		path,
		found,
		changes: { set: [{
			path,
			value
		}] }
	}];
}
function helmPlaces(view, helm, path, wanted) {
	return [
		...parameterPlaces(view, helm["parameters"], [...path, "parameters"], wanted),
		...valuesPlaces(view, helm["valuesObject"], [...path, "valuesObject"], wanted),
		...embeddedValuesPlaces(view, helm["values"], [...path, "values"], wanted)
	].map((place) => ({
		...place,
		layout: "argocd"
	}));
}
function parameterPlaces(view, parameters, path, wanted) {
	if (!Array.isArray(parameters)) return [];
	const all = parameters.flatMap((each, at) => {
		const [name, value] = isRecord(each) ? [textIn(each, "name"), textIn(each, "value")] : [];
		return name === void 0 ? [] : [{
			name,
			value,
			path: [
				...path,
				at,
				"value"
			]
		}];
	});
	const groups = new Map();
	for (const { name, ...rest } of all) {
		const dot = name.lastIndexOf(".");
		const group = groups.get(name.slice(0, Math.max(0, dot))) ?? {};
		groups.set(name.slice(0, Math.max(0, dot)), {
			...group,
			[name.slice(dot + 1)]: rest
		});
	}
	return [...groups].flatMap(([prefix, group]) => placesOfGroup(view, prefix, group, wanted));
}
function placesOfGroup(view, prefix, group, wanted) {
	const own = prefix.slice(prefix.lastIndexOf(".") + 1) || "image";
	const values = Object.fromEntries(Object.entries(group).map(([key, { value }]) => [key, value ?? ""]));
	return valuesPlaces(view, { [own]: values }, [], wanted).map((place) => {
		const back = (path) => group[String(path.at(-1))]?.path ?? path;
		const set = (place.changes.set ?? []).map(({ path, value }) => ({
			path: back(path),
			value
		}));
		const missing = (place.changes.insert ?? []).map(({ key }) => `${prefix}.${key}`);
		if (missing.length > 0) throw noParameter(view, back(place.path), missing);
		return {
			...place,
			path: back(place.path),
			changes: {
				...place.changes,
				set
			}
		};
	});
}
function noParameter({ yaml }, path, names) {
	return new StepError(`${yaml.file} has no parameter ${names.join(", ")} beside ${formatPath(path)}`, { hint: "Add it to the parameters of the source once, then run again." });
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
// tools/edits/src/repository-path.ts
function isRepositoryPath(path) {
	const segments = path.split("/");
	const isBad = (segment) => segment === "" || /^(\.{1,2}|\.git[ .]*|git~1)$/i.test(segment);
	return !/[^ -[\]-~\u{a0}-\u{10ffff}]/u.test(path) && path.length <= 4096 && !segments.some(isBad);
}
function folderOf(path) {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
const RepositoryPath = lazySchema(() => string().refine(isRepositoryPath, "expected a relative path inside the repository, without `..` and outside `.git`"));
const RepositoryFolder = lazySchema(() => string().transform((folder) => folder.replace(/^\.\/|\/+$/g, "").replace(/^\.$/, "")).refine((folder) => folder === "" || isRepositoryPath(folder), "expected a relative folder inside the repository, without `..` and outside `.git`"));
const argocdSetRevision = {
	schema: lazySchema(() => object({
		kind: literal("argocd-set-revision"),
		version: literal(1),
		path: RepositoryPath(),
		revision: string().regex(/^[^\s\p{Cc}]{1,250}$/u, "expected a branch, a tag, a commit or a chart version"),
		source: strictObject({
			repoUrl: string().optional(),
			chart: string().optional()
		}).refine(({ repoUrl, chart }) => repoUrl !== void 0 || chart !== void 0, "expected repoUrl, chart or both"),
		application: string().optional()
	})),
	isRecorded: false,
	pathsOf: ({ path }) => [path],
	apply: applyArgocdSetRevision,
	imagesOf: () => []
};
function applyArgocdSetRevision(edit, files) {
	const yaml = parseYaml(textOf(fileAt(files, edit.path), edit.path), edit.path);
	const targets = yaml.documents.flatMap((_, document) => {
		const data = dataOf(yaml, document);
		return (isMeantObject(edit, data) ? sourcesOf(data) : []).filter((source) => isMeantSource(edit, source)).map(({ path }) => ({
			path: [...path, "targetRevision"],
			value: edit.revision,
			document
		}));
	});
	if (targets.length === 0) {
		const expected = `expected a repository or chart that a source in ${edit.path} uses`;
		throw new InputError(`${edit.path} has no such source`, [{
			field: "source",
			expected
		}]);
	}
	const changes = changesOfText(files, edit.path, setScalars(yaml, targets).text);
	if (changes.size === 0) return {
		outcome: "unchanged",
		why: "same content",
		notes: []
	};
	return {
		outcome: "changed",
		changes,
		notes: []
	};
}
function isMeantObject({ application }, data) {
	if (!isRecord(data) || !String(data["apiVersion"]).startsWith("argoproj.io/")) return false;
	const name = isRecord(data["metadata"]) ? data["metadata"]["name"] : void 0;
	return /^Application(Set)?$/.test(String(data["kind"])) && (application === void 0 || name === application);
}
function isMeantSource({ source: { repoUrl, chart } }, { source }) {
	return (repoUrl === void 0 || repositoryIdentity(String(source["repoURL"])) === repositoryIdentity(repoUrl)) && (chart === void 0 || source["chart"] === chart);
}
// tools/edits/src/generated-config-map.ts
function listGeneratedFile(yaml, configMap, file) {
	const data = dataOf(yaml);
	const generators = isRecord(data) ? data["configMapGenerator"] : void 0;
	if (generators === void 0 || generators === null || generators === "") return generators === void 0 ? insertEntry(yaml, [], "configMapGenerator", [{
		name: configMap,
		files: [file]
	}]) : appendItem(yaml, ["configMapGenerator"], {
		name: configMap,
		files: [file]
	});
	if (!Array.isArray(generators)) throw new StepError(`${yaml.file} has no list as configMapGenerator`);
	const at = generators.findIndex((each) => isRecord(each) && each["name"] === configMap);
	if (at === -1) return appendBlockItem(yaml, ["configMapGenerator"], {
		name: configMap,
		files: [file]
	});
	return withFile(yaml, generators[at], at, file);
}
function withFile(yaml, generator, at, file) {
	const files = isRecord(generator) ? generator["files"] : void 0;
	if (files === void 0) return insertEntry(yaml, ["configMapGenerator", at], "files", [file]);
	return Array.isArray(files) && files.some((each) => each === file || each === `${file}=${file}`) ? yaml : appendBlockItem(yaml, [
		"configMapGenerator",
		at,
		"files"
	], file);
}
// tools/edits/src/kustomization.ts
const kustomizationNames = [
	"kustomization.yaml",
	"kustomization.yml",
	"Kustomization"
];
function readImages(text, path) {
	return parseKustomization(text, path).images;
}
function parseKustomization(text, path) {
	const yaml = parseYaml(text, path);
	const filled = yaml.documents.filter(({ contents }) => contents !== null);
	if (filled.length > 1 || filled.length === 1 && yaml.documents[0]?.contents === null) throw new StepError(`${path} holds more than one YAML document, which kustomize does not accept`);
	return {
		yaml,
		images: imagesOf$2(yaml)
	};
}
function imagesOf$2(yaml) {
	const data = dataOf(yaml) ?? {};
	if (typeof data === "object" && !Array.isArray(data)) return readImagesOf("images" in data ? data.images : [], yaml.file);
	throw new StepError(`${yaml.file} is not a kustomization: it holds no map`);
}
function readImagesOf(value, file) {
	if (isNothing(value)) return [];
	if (!Array.isArray(value)) throw notImages(file, "images is no list");
	return value.map((entry, at) => readImage(entry, at, file));
}
function readImage(entry, at, file) {
	if (!isRecord(entry) || typeof entry["name"] !== "string") throw notImages(file, `images.${at} has no name`);
	const image = { name: entry["name"] };
	for (const key of imageKeys) {
		const part = entry[key];
		if (isNothing(part)) continue;
		if (typeof part !== "string") throw notImages(file, `images.${at}.${key} is no text`);
		image[key] = part;
	}
	return image;
}
const imageKeys = [
	"newName",
	"newTag",
	"digest"
];
function isNothing(value) {
	return value === void 0 || value === null || value === "" || value === "null" || value === "~";
}
function notImages(file, what) {
	return new StepError(`${file} is not a kustomization: ${what}`, { hint: "`images` has to be a list of entries that each have a `name`." });
}
function kustomizationIn(files, folder) {
	const [path, second] = kustomizationPaths(folder).filter((path) => files.has(path));
	if (path === void 0) throw new InputError(`${folder || "the root of the repository"} has no kustomization.yaml`, [], { hint: "Name the folder of an overlay, for example app/overlays/snd." });
	if (second !== void 0) throw new StepError(`${folder} has both ${path} and ${second}; kustomize accepts one only`);
	return path;
}
function isKustomizationName(name) {
	return kustomizationNames.some((each) => each === name);
}
function kustomizationPaths(folder) {
	return kustomizationNames.map((name) => pathIn(folder, name));
}
function pathIn(folder, name) {
	return folder === "" ? name : `${folder}/${name}`;
}
// tools/edits/src/dagster-set-location.ts
const workspaceName = "workspace.yaml";
const dagsterSetLocation = {
	schema: lazySchema(() => object({
		kind: literal("dagster-set-location"),
		version: literal(1),
		folder: RepositoryFolder(),
		configMap: string().min(1),
		location: string().min(1),
		server: strictObject({
			host: string().min(1),
			port: number().int().min(1).max(65535)
		}).nullable()
	})),
	isRecorded: false,
	pathsOf: ({ folder }) => [pathIn(folder, workspaceName), ...kustomizationPaths(folder)],
	apply: applyDagsterSetLocation,
	imagesOf: () => []
};
function readDagsterLocations(text, path) {
	return serversIn(parseYaml(text, path)).map(({ name, host, port }) => ({
		name,
		...host === void 0 ? {} : { host },
		...port === void 0 ? {} : { port }
	}));
}
function applyDagsterSetLocation(edit, files) {
	const kustomization = kustomizationIn(files, edit.folder);
	const path = pathIn(edit.folder, workspaceName);
	const before = files.get(path);
	if (before === void 0 && edit.server === null) return {
		outcome: "unchanged",
		why: "same content",
		notes: []
	};
	const yaml = parseYaml(before === void 0 ? emptyWorkspace : textOf(before, path), path);
	const wanted = new Map([[path, textFile(withLocation(yaml, edit).text, before?.executable)]]);
	if (before === void 0) wanted.set(kustomization, withWorkspace(files, kustomization, edit));
	const changes = new Map([...wanted].filter(([each, file]) => !sameFile(files.get(each), file)));
	if (changes.size === 0) return {
		outcome: "unchanged",
		why: "same content",
		notes: []
	};
	return {
		outcome: "changed",
		changes,
		notes: []
	};
}
const emptyWorkspace = "# The code locations that the daemon and the webserver load.\nload_from: []\n";
function withWorkspace(files, path, { configMap }) {
	const file = files.get(path);
	return textFile(listGeneratedFile(parseYaml(file === void 0 ? "" : textOf(file, path), path), configMap, workspaceName).text, file?.executable);
}
function withLocation(yaml, { location, server }) {
	const [only, second] = serversIn(yaml).filter(({ name }) => name === location);
	if (second !== void 0) throw new StepError(`${yaml.file} names the code location ${location} more than once`);
	if (server === null) return only === void 0 ? yaml : removeItem(yaml, ["load_from"], only.at);
	return only === void 0 ? withNewServer(yaml, location, server) : withServer(yaml, only, server);
}
function withNewServer(yaml, name, { host, port }) {
	const entry = { grpc_server: {
		host,
		port: String(port),
		location_name: name
	} };
	const data = dataOf(yaml);
	const listed = isRecord(data) && "load_from" in data ? appendBlockItem(yaml, ["load_from"], entry) : insertEntry(yaml, [], "load_from", [entry]);
	return setScalar(listed, [
		"load_from",
		serversIn(listed).find((each) => each.name === name)?.at ?? 0,
		"grpc_server",
		"port"
	], port);
}
function withServer(yaml, { at, host, port }, server) {
	const place = [
		"load_from",
		at,
		"grpc_server"
	];
	const differing = [{
		key: "host",
		before: host,
		value: server.host
	}, {
		key: "port",
		before: port,
		value: server.port
	}].filter(({ before, value }) => before !== String(value));
	const changed = setScalars(yaml, differing.filter(({ before }) => before !== void 0).map(({ key, value }) => ({
		path: [...place, key],
		value
	})));
	return differing.filter(({ before }) => before === void 0).reduce((current, { key, value }) => setScalar(insertEntry(current, place, key, String(value)), [...place, key], value), changed);
}
function serversIn(yaml) {
	const data = dataOf(yaml) ?? {};
	const listed = isRecord(data) ? data["load_from"] ?? [] : void 0;
	const items = listed === "" ? [] : listed;
	if (!Array.isArray(items)) throw new StepError(`${yaml.file} is no workspace file of Dagster: it has no list as load_from`);
	return items.flatMap((item, at) => {
		const server = isRecord(item) ? item["grpc_server"] : void 0;
		if (!isRecord(server)) return [];
		const { host, port, location_name: given } = server;
		return [{
			name: typeof given === "string" ? given : `grpc:${String(host)}:${String(port)}`,
			at,
			...typeof host === "string" ? { host } : {},
			...typeof port === "string" ? { port } : {}
		}];
	});
}
// tools/edits/src/image-places/flux-places.ts
const markerPattern = /^[ \t,}\]]*#\s*\{\s*"\$imagepolicy"\s*:\s*"([^":\s]+:[^":\s]+)(?::(tag|name|digest))?"\s*\}/;
function fluxPlaces(yaml, policies, wanted) {
	if (policies.length === 0) return [];
	return markedIn(yaml).filter(({ policy }) => policies.includes(policy)).map((marked) => placeOf(yaml, marked, wanted));
}
function policiesOf(yaml, image) {
	const naming = markedIn(yaml).filter(({ scalar, part }) => {
		const reference = part === "image" || part === "name" ? parseImageReference(scalar.text) : void 0;
		return reference !== void 0 && isSameImage(reference.name, image);
	});
	return [...new Set(naming.map(({ policy }) => policy))];
}
function markedIn(yaml) {
	if (!yaml.text.includes("$imagepolicy")) return [];
	return scalarsOf$1(yaml).flatMap((scalar) => {
		const [, policy, part] = markerPattern.exec(scalar.rest) ?? [];
		return policy === void 0 ? [] : [{
			scalar,
			policy,
			part: isPart(part) ? part : "image"
		}];
	});
}
function isPart(text) {
	return text === "tag" || text === "name" || text === "digest";
}
function versionOf$1(reference) {
	const { tag, digest } = reference ?? {};
	return {
		...tag === void 0 ? {} : { tag },
		...digest === void 0 ? {} : { digest }
	};
}
function isOnlyLookedFor({ to }) {
	return to.tag === void 0 && to.digest === void 0;
}
function placeOf(yaml, { scalar, policy, part }, wanted) {
	const { path, document, text } = scalar;
	const reference = part === "image" ? parseImageReference(text) : void 0;
	const found = part === "tag" || part === "digest" ? { [part]: text } : versionOf$1(reference);
	const written = part === "name" ? text : reference?.name ?? "";
	const name = isSameImage(written, wanted.image) ? written : wanted.image;
	const value = {
		image: referenceOf(name, part === "image" ? wantedParts(found, wanted) : {}),
		name,
		tag: wanted.to.tag,
		digest: wanted.to.digest
	}[part];
	if (isOnlyLookedFor(wanted)) return {
		layout: "flux",
		document,
		path,
		found,
		changes: {}
	};
	if (value !== void 0) return {
		layout: "flux",
		document,
		path,
		found,
		changes: { set: [{
			path,
			value
		}] }
	};
	throw new StepError(`${yaml.file} wants the ${part} of ${policy} as ${formatPath(path)}, and none was given`, { hint: "Give tag and digest." });
}
// tools/edits/src/provenance.ts
const Line = lazySchema(() => string().min(1).max(2e3).regex(/^[^\r\n\0]*$/, "expected one line"));
const Provenance = lazySchema(() => object({
	key: Line(),
	at: OrderKey(),
	order: OrderKey().optional(),
	sourceRepository: Line().optional(),
	sourceCommit: Line().optional(),
	run: Line().optional(),
	requestedBy: Line().optional(),
	promotedFrom: Line().optional()
}));
// tools/edits/src/record.ts
const recordName = ".luban";
const RecordEntry = lazySchema(() => Provenance().partial({ at: true }).extend({
	tag: string().optional(),
	digest: string().optional(),
	downgrade: literal("true").optional()
}).loose());
const heading$1 = "# Written by Luban CI with every deployment. Not a manifest; the file beside it is what counts.\n";
const RecordFile$1 = lazySchema(() => looseObject({
	version: literal("1"),
	images: record(string(), RecordEntry()).default({})
}));
function parseRecord(text, path) {
	if (text === void 0) return { images: {} };
	const data = dataOf(parseYaml(text, path));
	const checked = RecordFile$1().safeParse(data);
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
	return heading$1 + renderYaml({
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
function orderedEntry(entry) {
	const fieldOrder = Object.keys(RecordEntry().shape);
	const rank = (name) => fieldOrder.includes(name) ? fieldOrder.indexOf(name) : fieldOrder.length;
	const present = Object.entries(entry ?? {}).filter(([, value]) => value !== void 0);
	return Object.fromEntries(present.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)));
}
// tools/edits/src/recording.ts
const Recording = lazySchema(() => object({
	provenance: Provenance().optional(),
	record: _enum([
		"write",
		"where-kept",
		"none"
	]).default("write"),
	allowDowngrade: boolean().default(false)
}));
function changeRecorded(files, about, asked, change) {
	const kept = keptFor(files, about, asked);
	const verdict = kept === void 0 ? void 0 : judge(kept.entry, kept.provenance, asked.allowDowngrade ?? false);
	if (verdict?.verdict === "superseded") return {
		outcome: "superseded",
		by: verdict.by,
		notes: []
	};
	const { changes, notes } = change(kept?.entry === void 0);
	if (verdict?.verdict === "same request") return sameRequest([...changes.keys()]);
	if (kept !== void 0 && (changes.size > 0 || !isRecorded(kept.entry, about.to, kept.provenance))) {
		const record = withEntry(kept.record, about.name, entryFor(about.to, kept, verdict?.downgrade === true));
		changes.set(about.path, textFile(serialiseRecord(record), files.get(about.path)?.executable));
	}
	if (changes.size === 0) return {
		outcome: "unchanged",
		why: "same content",
		notes
	};
	return {
		outcome: "changed",
		changes,
		notes: [...notes, ...verdict?.notes ?? []]
	};
}
function keptFor(files, { path, name }, { provenance, record }) {
	if (provenance === void 0 || record === "none") return void 0;
	const file = files.get(path);
	if (file === void 0 && record === "where-kept") return void 0;
	const found = parseRecord(file === void 0 ? void 0 : textOf(file, path), path);
	return {
		record: found,
		entry: found.images[name],
		provenance
	};
}
function sameRequest(changed) {
	return {
		outcome: "unchanged",
		why: "same request",
		notes: changed.map((path) => `${path} was changed by somebody after this request had landed; it is left as it is`)
	};
}
function isRecorded(entry, version, asked) {
	const repository = (url) => url === void 0 ? "" : repositoryIdentity(url);
	return entry !== void 0 && entry.tag === version.tag && entry.digest === version.digest && entry.sourceCommit === asked.sourceCommit && repository(entry.sourceRepository) === repository(asked.sourceRepository);
}
function entryFor(to, kept, downgrade) {
	const order = downgrade ? kept.entry?.order : kept.provenance.order;
	const mark = downgrade ? { downgrade: "true" } : {};
	return {
		...to,
		...kept.provenance,
		...order === void 0 ? {} : { order },
		...mark
	};
}
const fluxSetImage = {
	schema: lazySchema(() => object({
		kind: literal("flux-set-image"),
		version: literal(1),
		path: RepositoryPath(),
		policy: string().regex(/^[^:\s]+:[^:\s]+$/, "expected the policy as namespace:name"),
		image: ImageName(),
		to: ImageVersion(),
		pin: _enum(["always", "as-listed"]).default("as-listed")
	})),
	isRecorded: true,
	pathsOf: ({ path }) => [path, pathIn(folderOf(path), recordName)],
	apply: applyFluxSetImage,
	imagesOf: ({ image, to }) => [referenceOf(image, to)]
};
function applyFluxSetImage(edit, files) {
	const yaml = parseYaml(textOf(fileAt(files, edit.path), edit.path), edit.path);
	const places = fluxPlaces(yaml, [edit.policy], edit);
	if (places.length === 0) {
		const expected = `expected a policy that a marker in ${edit.path} names`;
		throw new InputError(`${edit.path} has no marker of the policy ${edit.policy}`, [{
			field: "policy",
			expected
		}]);
	}
	return changeRecorded(files, {
		path: pathIn(folderOf(edit.path), recordName),
		name: edit.image,
		to: edit.to
	}, edit, () => ({
		changes: changesOfText(files, edit.path, applyPlaces(yaml, places).text),
		notes: []
	}));
}
// tools/edits/src/value-path.ts
const stepPattern = /\.?(?:([^.[\]]+)|\[(\d+)\]|\["([^"]*)"\]|\[([^\]=]+)=([^\]]*)\])/y;
function parseValuePath(text) {
	const steps = [];
	stepPattern.lastIndex = 0;
	while (stepPattern.lastIndex < text.length) {
		const start = stepPattern.lastIndex;
		const [, key, position, quoted, selected, value] = stepPattern.exec(text) ?? [];
		if (stepPattern.lastIndex === 0) throw badPath(text, start);
		if (selected !== void 0) steps.push({
			key: selected,
			value: value ?? ""
		});
		else steps.push(position === void 0 ? key ?? quoted ?? "" : Number(position));
	}
	if (steps.length === 0) throw badPath(text, 0);
	return steps;
}
function locate(data, text, file) {
	const path = [];
	for (const step of parseValuePath(text)) path.push(typeof step === "object" ? positionOf(dataAt(data, path), step, text, file) : step);
	return path;
}
function dataAt(data, path) {
	return path.reduce(childOf, data);
}
function positionOf(list, { key, value }, text, file) {
	const [only, second] = (Array.isArray(list) ? list : []).flatMap((item, at) => isRecord(item) && item[key] === value ? [at] : []);
	if (only !== void 0 && second === void 0) return only;
	throw new InputError(`${file} has ${only === void 0 ? "no item" : "more than one item"} with ${key}=${value} for ${text}`, [{
		field: "at",
		expected: "expected a path that leads to one value"
	}]);
}
function childOf(data, step) {
	if (Array.isArray(data)) return typeof step === "number" ? data[step] : void 0;
	return isRecord(data) && Object.hasOwn(data, String(step)) ? data[String(step)] : void 0;
}
function badPath(text, at) {
	return new InputError(`${text} is not a path: it cannot be read from character ${at + 1} on`, [{
		field: "at",
		expected: "expected a path such as spec.images[0].newTag or parameters[name=image.tag].value"
	}]);
}
const helmSetImage = {
	schema: lazySchema(() => object({
		kind: literal("helm-set-image"),
		version: literal(1),
		path: RepositoryPath(),
		at: string().min(1),
		image: ImageName(),
		to: ImageVersion(),
		pin: _enum(["always", "as-listed"]).default("as-listed")
	})),
	isRecorded: true,
	pathsOf: ({ path }) => [path, pathIn(folderOf(path), recordName)],
	apply: applyHelmSetImage,
	imagesOf: ({ image, to }) => [referenceOf(image, to)]
};
function applyHelmSetImage(edit, files) {
	const yaml = parseYaml(textOf(fileAt(files, edit.path), edit.path), edit.path);
	const data = dataOf(yaml);
	const path = locate(data, edit.at, edit.path);
	const place = valuesPlaceAt({
		yaml,
		document: 0,
		data
	}, dataAt(data, path), path, edit);
	return changeRecorded(files, {
		path: pathIn(folderOf(edit.path), recordName),
		name: edit.image,
		to: edit.to
	}, edit, () => ({
		changes: changesOfText(files, edit.path, applyPlaces(yaml, [place]).text),
		notes: place.changes.note === void 0 ? [] : [place.changes.note]
	}));
}
// tools/edits/src/image-places/kustomize-places.ts
function kustomizePlaces({ images, path, document }, wanted) {
	return positionsOf(images, wanted.image).map((at) => {
		const entry = images[at];
		const found = versionOf(entry);
		const here = [...path, at];
		return {
			layout: "kustomize",
			document,
			path: here,
			found,
			changes: changesOf(entry, found, here, wanted)
		};
	});
}
function entryNameOf(images, image) {
	return images[positionsOf(images, image)[0] ?? -1]?.name ?? image;
}
function isListed(images, image) {
	return positionsOf(images, image).length > 0;
}
function positionsOf(images, image) {
	const where = (matches) => images.flatMap((each, at) => matches(each) ? [at] : []);
	const named = where(({ name }) => name === image);
	return named.length > 0 ? named : where(({ newName }) => newName === image);
}
function versionOf(entry) {
	const { newTag: tag, digest } = entry ?? {};
	return {
		...tag === void 0 ? {} : { tag },
		...digest === void 0 ? {} : { digest }
	};
}
function changesOf(entry, found, path, wanted) {
	const parts = wantedParts(found, wanted);
	const newName = wanted.newName ?? aliasAfter(entry, wanted);
	const lines = Object.entries({
		newName,
		newTag: parts.tag,
		digest: parts.digest
	});
	const isThere = (key) => entry !== void 0 && key in entry;
	return {
		set: lines.flatMap(([key, value]) => value !== void 0 && isThere(key) ? [{
			path: [...path, key],
			value
		}] : []),
		insert: lines.flatMap(([key, value]) => value !== void 0 && !isThere(key) ? [{
			path,
			key,
			value
		}] : []),
		remove: lines.flatMap(([key, value]) => value === void 0 ? [[...path, key]] : [])
	};
}
function aliasAfter(entry, wanted) {
	const alias = entry?.newName;
	if (alias === void 0 || !wanted.firstDeployment || wanted.keepAlias) return alias;
	return entry?.name === wanted.image && alias !== wanted.image && wanted.image.includes("/") ? void 0 : alias;
}
// tools/edits/src/change-image.ts
function changeImage({ yaml, images }, wanted) {
	const places = kustomizePlaces({
		images,
		path: ["images"],
		document: 0
	}, wanted);
	return (places.length === 0 ? appended(yaml, wanted) : applyPlaces(yaml, places)).text;
}
function appended(yaml, wanted) {
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
const kustomizeSetImage = {
	schema: lazySchema(() => object({
		kind: literal("kustomize-set-image"),
		version: literal(1),
		folder: RepositoryFolder(),
		image: ImageName(),
		to: ImageVersion(),
		newName: ImageName().optional(),
		pin: _enum(["always", "as-listed"]).default("always"),
		whenAbsent: _enum([
			"append",
			"skip",
			"refuse"
		]).default("append"),
		keepAlias: boolean().default(false)
	})),
	isRecorded: true,
	pathsOf: ({ folder }) => [...kustomizationPaths(folder), pathIn(folder, recordName)],
	apply: applyKustomizeSetImage,
	imagesOf: ({ image, newName, to }) => [referenceOf(newName ?? image, to)]
};
function applyKustomizeSetImage(edit, files) {
	const path = kustomizationIn(files, edit.folder);
	const file = files.get(path);
	const text = textOf(file, path);
	if (!mayList(text, edit.image) && edit.whenAbsent !== "append") return absent$1(edit, path);
	const kustomization = parseKustomization(text, path);
	if (edit.whenAbsent !== "append" && !isListed(kustomization.images, edit.image)) return absent$1(edit, path);
	const name = entryNameOf(kustomization.images, edit.image);
	return changeRecorded(files, {
		path: pathIn(edit.folder, recordName),
		name,
		to: edit.to
	}, edit, (firstDeployment) => {
		const after = changeImage(kustomization, {
			...edit,
			firstDeployment
		});
		return {
			changes: new Map(after === text ? [] : [[path, textFile(after, file.executable)]]),
			notes: []
		};
	});
}
function mayList(text, image) {
	return text.includes(image) || text.includes("\\");
}
function absent$1(edit, path) {
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
// tools/edits/src/image-places/container-places.ts
const containerLists = new Set([
	"containers",
	"initContainers",
	"ephemeralContainers"
]);
function containerPlaces(view, wanted) {
	return placesBelow(view, view.data, [], wanted);
}
function placesBelow(view, data, path, wanted) {
	if (Array.isArray(data)) return data.flatMap((item, at) => placesBelow(view, item, [...path, at], wanted));
	if (!isRecord(data)) return [];
	return Object.entries(data).flatMap(([key, value]) => {
		const here = [...path, key];
		return [...containerLists.has(key) && Array.isArray(value) ? imagesOf$1(view, value, here, wanted) : [], ...placesBelow(view, value, here, wanted)];
	});
}
function imagesOf$1(view, containers, path, wanted) {
	return containers.flatMap((container, at) => isRecord(container) ? referencePlace("manifest", view, [
		...path,
		at,
		"image"
	], container["image"], wanted) : []);
}
// tools/edits/src/image-places/places-in.ts
function placesIn(yaml, searches) {
	const views = yaml.documents.map((_, document) => ({
		yaml,
		document,
		data: dataOf(yaml, document)
	}));
	return searches.flatMap((search) => {
		const isWanted = ({ layout }) => search.layouts.includes(layout);
		const found = views.flatMap((view) => placesOfDocument(view, search)).filter(isWanted);
		const marked = fluxPlaces(yaml, search.policies, search).filter(isWanted);
		const taken = new Set(found.flatMap(scalarsOf));
		return [...found, ...marked.filter((place) => !scalarsOf(place).some((scalar) => taken.has(scalar)))];
	});
}
function scalarsOf({ document, path, changes }) {
	return [path, ...(changes.set ?? []).map((each) => each.path)].map((each) => JSON.stringify([document, ...each]));
}
function placesOfDocument(view, search) {
	const { data, yaml } = view;
	const name = yaml.file.slice(yaml.file.lastIndexOf("/") + 1);
	if (!isRecord(data)) return [];
	const [kind, version] = [textIn(data, "kind"), textIn(data, "apiVersion")];
	if (isKustomizationName(name) || version?.startsWith("kustomize.config.k8s.io/") === true) return [...entriesAt(view, data, [], search), ...chartPlaces(view, data["helmCharts"], search)];
	if (/^\.argocd-source.*\.ya?ml$/.test(name)) return sourcePlaces(view, {
		path: [],
		source: data
	}, search);
	if (kind !== void 0 && version !== void 0) return objectPlaces(view, data, {
		kind,
		version
	}, search);
	return version === void 0 || name.includes("values") ? valuesPlaces(view, data, [], search) : [];
}
function objectPlaces(view, data, { kind, version }, search) {
	const [group = ""] = version.split("/");
	const spec = isRecord(data["spec"]) ? data["spec"] : {};
	if (group === "argoproj.io" && /^Application(Set)?$/.test(kind)) return sourcesOf(data).flatMap((source) => sourcePlaces(view, source, search));
	if (group === "kustomize.toolkit.fluxcd.io") return entriesAt(view, spec, ["spec"], search);
	if (group === "helm.toolkit.fluxcd.io") return valuesPlaces(view, spec["values"], ["spec", "values"], search);
	if (group === "helm.cattle.io") return embeddedValuesPlaces(view, spec["valuesContent"], ["spec", "valuesContent"], search);
	return containerPlaces(view, search);
}
function entriesAt(view, owner, path, search) {
	const images = readImagesOf(owner["images"], view.yaml.file);
	const list = {
		images,
		path: [...path, "images"],
		document: view.document
	};
	const known = images.flatMap(({ name, newName }) => [name, newName ?? name]);
	const found = [...new Set([search.image, ...known.filter((name) => isSameImage(name, search.image))])].flatMap((image) => kustomizePlaces(list, {
		...search,
		image,
		keepAlias: true,
		firstDeployment: false
	}));
	return [...new Map(found.map((place) => [place.path.at(-1), place])).values()];
}
function chartPlaces(view, charts, search) {
	if (!Array.isArray(charts)) return [];
	return charts.flatMap((chart, at) => isRecord(chart) ? valuesPlaces(view, chart["valuesInline"], [
		"helmCharts",
		at,
		"valuesInline"
	], search) : []);
}
const setImage = {
	schema: lazySchema(() => object({
		kind: literal("set-image"),
		version: literal(1),
		paths: array(RepositoryPath()).min(1).refine((paths) => new Set(paths.map(folderOf)).size === 1, "expected files of one folder, which share one record"),
		image: ImageName(),
		to: ImageVersion(),
		layouts: array(_enum(layouts)).default([...layouts]),
		policies: array(string()).default([]),
		pin: _enum(["always", "as-listed"]).default("as-listed"),
		whenAbsent: _enum(["skip", "refuse"]).default("refuse")
	})),
	isRecorded: true,
	pathsOf: ({ paths }) => [...paths, pathIn(folderOf(paths[0] ?? ""), recordName)],
	apply: applySetImage,
	imagesOf: ({ image, to }) => [referenceOf(image, to)]
};
function applySetImage(edit, files) {
	const edited = edit.paths.flatMap((path) => editedFile(path, files.get(path), [edit]));
	if (edited.length === 0) return absent(edit);
	return changeRecorded(files, {
		path: pathIn(folderOf(edit.paths[0] ?? ""), recordName),
		name: nameInRecord(edit, files),
		to: edit.to
	}, edit, () => ({
		changes: new Map(edited.filter(({ isChanged }) => isChanged).map(({ path, file }) => [path, file])),
		notes: edited.flatMap(({ notes }) => notes)
	}));
}
function editedFile(path, file, searches) {
	if (file === void 0) return [];
	const text = textOf(file, path);
	const promising = searches.filter(({ image, policies }) => policies.length > 0 || mayCarry(text, image));
	if (promising.length === 0) return [];
	const yaml = parseYaml(text, path);
	const places = placesIn(yaml, promising);
	if (places.length === 0) return [];
	const after = applyPlaces(yaml, places).text;
	const notes = places.flatMap(({ changes }) => changes.note === void 0 ? [] : [changes.note]);
	return [{
		path,
		file: textFile(after, file.executable),
		isChanged: after !== text,
		notes
	}];
}
function absent(edit) {
	const said = `${edit.paths.join(", ")} ${edit.paths.length === 1 ? "does" : "do"} not name the image ${edit.image}`;
	if (edit.whenAbsent === "skip") return {
		outcome: "unchanged",
		why: "same content",
		notes: [said]
	};
	throw new InputError(said, [{
		field: "image",
		expected: "expected an image that one of the files names"
	}]);
}
function nameInRecord({ paths, image }, files) {
	const path = paths.find((each) => isKustomizationName(each.slice(each.lastIndexOf("/") + 1)));
	const file = path === void 0 ? void 0 : files.get(path);
	return path === void 0 || file === void 0 ? image : entryNameOf(readImages(textOf(file, path), path), image);
}
const setImages = {
	schema: lazySchema(() => object({
		kind: literal("set-images"),
		version: literal(1),
		paths: array(RepositoryPath()).min(1),
		images: array(strictObject({
			image: ImageName(),
			to: ImageVersion()
		})).min(1),
		layouts: array(_enum(layouts)).default([...layouts]),
		pin: _enum(["always", "as-listed"]).default("as-listed")
	})),
	isRecorded: false,
	pathsOf: ({ paths }) => paths,
	apply: applySetImages,
	imagesOf: ({ images }) => images.map(({ image, to }) => referenceOf(image, to))
};
function applySetImages({ paths, images, layouts, pin }, files) {
	const searches = images.map((wanted) => ({
		...wanted,
		layouts,
		pin,
		policies: []
	}));
	const edited = paths.flatMap((path) => editedFile(path, files.get(path), searches));
	const notes = edited.flatMap((each) => each.notes);
	const changed = edited.filter(({ isChanged }) => isChanged);
	if (changed.length === 0) return {
		outcome: "unchanged",
		why: "same content",
		notes
	};
	return {
		outcome: "changed",
		changes: new Map(changed.map(({ path, file }) => [path, file])),
		notes
	};
}
// tools/edits/src/set-up-record.ts
const setUpRecordName = ".luban-set-up";
const heading = "# What set-up wrote, by the ids that git gives the contents. A file with another content is yours, and stays as it is.\n";
const RecordFile = lazySchema(() => looseObject({
	version: literal("1"),
	files: record(string(), string().regex(/^[0-9a-f]{40}$/)).default({})
}));
function readSetUpRecord(files, path) {
	const file = files.get(path);
	if (file === void 0) return new Map();
	const checked = RecordFile().safeParse(dataOf(parseYaml(textOf(file, path), path)));
	if (checked.success) return new Map(Object.entries(checked.data.files));
	throw new StepError(`${path} is not a record of set-up`, {
		hint: `Restore ${path} from the branch's history; without it, set-up takes every file for yours.`,
		cause: checked.error
	});
}
function serialiseSetUpRecord(record) {
	const files = [...record].toSorted(([one], [other]) => one < other ? -1 : 1);
	return heading + renderYaml({
		version: "1",
		files: Object.fromEntries(files)
	});
}
// tools/edits/src/write-file.ts
const FileContent = lazySchema(() => union([strictObject({
	text: string(),
	executable: boolean().default(false)
}), strictObject({
	base64: base64(),
	executable: boolean().default(false)
})]));
const WriteFile = lazySchema(() => object({
	kind: literal("write-file"),
	version: literal(1),
	path: RepositoryPath(),
	expected: string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "expected the full id of a git blob").nullable(),
	content: FileContent().nullable()
}));
const writeFile = {
	schema: WriteFile,
	isRecorded: false,
	pathsOf: ({ path }) => [path],
	apply: applyWriteFile,
	imagesOf: () => []
};
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
function writeFileEdit(path, before, after) {
	return WriteFile().parse({
		kind: "write-file",
		version: 1,
		path,
		expected: before === void 0 ? null : blobIdOf(before.bytes),
		content: after === void 0 ? null : fileContentOf(after)
	});
}
function fileContentOf({ bytes, executable }) {
	return {
		base64: Buffer.from(bytes).toString("base64"),
		executable
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
// tools/edits/src/set-up-files.ts
const SetUpFiles = lazySchema(() => object({
	kind: literal("set-up-files"),
	version: literal(1),
	record: RepositoryPath(),
	files: array(object({
		path: RepositoryPath(),
		content: FileContent().nullable()
	})).min(1)
}));
const setUpFiles = {
	schema: SetUpFiles,
	isRecorded: false,
	pathsOf: ({ record, files }) => [record, ...files.map(({ path }) => path)],
	apply: applySetUpFiles,
	imagesOf: () => []
};
function setUpFilesEdit(record, wanted) {
	const files = [...wanted].map(([path, file]) => ({
		path,
		content: file === void 0 ? null : fileContentOf(file)
	}));
	return SetUpFiles().parse({
		kind: "set-up-files",
		version: 1,
		record,
		files
	});
}
function judgeSetUpFiles(edit, files) {
	const record = readSetUpRecord(files, edit.record);
	return edit.files.map(({ path, content }) => {
		const wanted = contentOf({ content });
		return {
			path,
			verdict: verdictOn(files.get(path), wanted, record.get(path))
		};
	});
}
function applySetUpFiles(edit, files) {
	const record = new Map(readSetUpRecord(files, edit.record));
	const changes = new Map();
	const verdicts = judgeSetUpFiles(edit, files);
	for (const [at, { path, content }] of edit.files.entries()) {
		const wanted = contentOf({ content });
		const verdict = verdicts[at]?.verdict;
		if (verdict === "written" || verdict === "deleted") changes.set(path, wanted);
		if (verdict === "theirs") continue;
		if (wanted === void 0) record.delete(path);
		else record.set(path, blobIdOf(wanted.bytes));
	}
	const after = record.size === 0 ? void 0 : textFile(serialiseSetUpRecord(record));
	if (!sameFile(files.get(edit.record), after)) changes.set(edit.record, after);
	const notes = verdicts.flatMap(({ path, verdict }) => verdict === "theirs" ? [`${path} stays as somebody left it`] : []);
	if (changes.size === 0) return {
		outcome: "unchanged",
		why: "same content",
		notes
	};
	return {
		outcome: "changed",
		changes,
		notes
	};
}
function verdictOn(found, wanted, recorded) {
	const id = found === void 0 ? void 0 : blobIdOf(found.bytes);
	if (wanted === void 0) return id === void 0 ? "same" : id === recorded ? "deleted" : "theirs";
	if (id === blobIdOf(wanted.bytes)) return "same";
	return id === recorded ? "written" : "theirs";
}
// tools/edits/src/toml/toml-scalars.ts
const blank = /(?:[ \t\r\n]|#[^\n]*)*/y;
const bareKey = /[A-Za-z0-9_-]+/y;
const basicString = /"(?:[^"\\]+|\\.)*"/y;
const literalString = /'[^']*'/y;
const longBasicString = /"""(?:[^"\\]+|\\[\s\S]|"{1,2}(?!"))*"{3,5}/y;
const longLiteralString = /'''(?:[^']+|'{1,2}(?!'))*'{3,5}/y;
const bareValue = /[^\s,\]}#](?:[^\n,\]}#]*[^\s,\]}#])?/y;
function tomlScalarsOf(text) {
	return new TomlReader(text).read();
}
var TomlReader = class {
	#text;
	#found = [];
	#tables = new Map();
	#at = 0;
	constructor(text) {
		this.#text = text;
		if (text.startsWith("﻿")) this.#at = 1;
	}
	read() {
		let table = [];
		for (this.#skip(blank); this.#at < this.#text.length; this.#skip(blank)) {
			const before = this.#at;
			if (this.#text[this.#at] === "[") table = this.#header();
			else this.#entry(table);
			if (this.#at === before) return [];
		}
		return this.#found;
	}
	#header() {
		const isList = this.#text.startsWith("[[", this.#at);
		this.#at += isList ? 2 : 1;
		const keys = this.#keys();
		this.#at += isList ? 2 : 1;
		const path = this.#resolved(isList ? keys.slice(0, -1) : keys);
		if (!isList) return path;
		const list = [...path, keys.at(-1) ?? ""];
		const position = this.#tables.get(JSON.stringify(list)) ?? 0;
		this.#tables.set(JSON.stringify(list), position + 1);
		return [...list, position];
	}
	#resolved(keys) {
		return keys.reduce((path, key) => {
			const next = path.concat(key);
			const count = this.#tables.get(JSON.stringify(next));
			return count === void 0 ? next : next.concat(count - 1);
		}, []);
	}
	#entry(table) {
		const keys = this.#keys();
		this.#at += 1;
		this.#value([...table, ...keys]);
	}
	#keys() {
		const keys = [];
		do {
			if (keys.length > 0) this.#at += 1;
			this.#skip(blank);
			const quoted = this.#take(basicString);
			const literal = quoted === void 0 ? this.#take(literalString) : void 0;
			keys.push(quoted === void 0 ? literal?.slice(1, -1) ?? this.#take(bareKey) ?? "" : unescaped(quoted));
			this.#skip(blank);
		} while (this.#text[this.#at] === ".");
		return keys;
	}
	#value(path) {
		this.#skip(blank);
		const first = this.#text[this.#at];
		if (first === "[") this.#items("]", (position) => this.#value([...path, position]));
		else if (first === "{") this.#items("}", () => this.#entry(path));
		else this.#scalar(path);
	}
	#scalar(path) {
		const start = this.#at;
		[
			longBasicString,
			longLiteralString,
			basicString,
			literalString,
			bareValue
		].find((kind) => this.#take(kind) !== void 0);
		this.#found.push({
			path,
			start,
			end: this.#at
		});
	}
	#items(close, read) {
		this.#at += 1;
		this.#skip(blank);
		for (let position = 0; this.#at < this.#text.length && this.#text[this.#at] !== close; position += 1) {
			read(position);
			this.#skip(blank);
			if (this.#text[this.#at] === ",") this.#at += 1;
			this.#skip(blank);
		}
		this.#at += 1;
	}
	#skip(pattern) {
		this.#take(pattern);
	}
	#take(pattern) {
		pattern.lastIndex = this.#at;
		const [taken] = pattern.exec(this.#text) ?? [];
		this.#at += taken?.length ?? 0;
		return taken;
	}
};
function unescaped(quoted) {
	const known = quoted.replaceAll(/\\U([0-9a-fA-F]{8})/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
	try {
		return String(JSON.parse(known));
	} catch {
		return quoted.slice(1, -1);
	}
}
// tools/edits/src/toml/set-toml-value.ts
function setTomlValue(text, at, value, file) {
	const before = parseToml(text, file);
	const path = locate(before, at, file);
	const scalar = tomlScalarsOf(text).find((each) => JSON.stringify(each.path) === JSON.stringify(path));
	if (scalar === void 0) throw new InputError(`${file} has no single value as ${at}`, [{
		field: "at",
		expected: "expected the path of a text, a number or a boolean that is there"
	}]);
	if (isDeepStrictEqual(dataAt(before, path), meant(value))) return text;
	const after = text.slice(0, scalar.start) + render(value, text, scalar) + text.slice(scalar.end);
	if (isDeepStrictEqual(parsedOrUndefined(after), withValue(before, path, meant(value)))) return after;
	throw new StepError(`${file} is laid out in a way that ${at} cannot be edited without changing other parts`, { hint: "Write this value on a line of its own, then run again; nothing was changed." });
}
function parseToml(text, file) {
	try {
		return parse(text.replace(/^\ufeff/, ""), { integersAsBigInt: true });
	} catch (cause) {
		const [sentence] = messageOf(cause).split("\n");
		throw new StepError(`${file} is not valid TOML: ${sentence}`, {
			hint: "Correct the file; nothing was changed.",
			cause
		});
	}
}
function parsedOrUndefined(text) {
	try {
		return parseToml(text, "");
	} catch {
		return;
	}
}
function meant(value) {
	return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value;
}
function withValue(data, [step, ...rest], value) {
	if (step === void 0) return value;
	if (Array.isArray(data)) return data.map((item, at) => at === step ? withValue(item, rest, value) : item);
	if (!isRecord(data)) return data;
	const copy = Object.assign(Object.create(Object.getPrototypeOf(data)), data);
	return Object.defineProperty(copy, step, {
		value: withValue(data[String(step)], rest, value),
		enumerable: true,
		writable: true,
		configurable: true
	});
}
function render(value, text, { start }) {
	if (typeof value !== "string") return String(value);
	return text[start] === "'" && !/['\p{Cc}]/u.test(value) ? `'${value}'` : JSON.stringify(value).replaceAll("", "\\u007f");
}
const setValue = {
	schema: lazySchema(() => object({
		kind: literal("set-value"),
		version: literal(1),
		path: RepositoryPath(),
		at: string().min(1),
		value: union([
			string(),
			number(),
			boolean(),
			_null()
		]),
		document: number().int().min(0).default(0)
	})),
	isRecorded: false,
	pathsOf: ({ path }) => [path],
	apply: applySetValue,
	imagesOf: () => []
};
function applySetValue({ path, at, value, document }, files) {
	const text = textOf(fileAt(files, path), path);
	const changes = changesOfText(files, path, path.endsWith(".toml") ? inToml(text, path, at, value) : inYaml(text, path, at, value, document));
	if (changes.size === 0) return {
		outcome: "unchanged",
		why: "same content",
		notes: []
	};
	return {
		outcome: "changed",
		changes,
		notes: []
	};
}
function inToml(text, path, at, value) {
	if (value !== null) return setTomlValue(text, at, value, path);
	throw new InputError(`${path} cannot hold that`, [{
		field: "value",
		expected: "expected a text, a number or a boolean, because TOML has no null"
	}]);
}
function inYaml(text, path, at, value, document) {
	const yaml = parseYaml(text, path);
	const place = locate(dataOf(yaml, document), at, path);
	if (nodeAt(yaml, place.slice(0, 1), document) === void 0) throw new InputError(`${path} has no ${at}`, [{
		field: "at",
		expected: "expected a value that is there"
	}]);
	return setScalar(yaml, place, value, document).text;
}
// tools/edits/src/edit.ts
const editKinds = {
	"argocd-set-revision": argocdSetRevision,
	"dagster-set-location": dagsterSetLocation,
	"flux-set-image": fluxSetImage,
	"helm-set-image": helmSetImage,
	"kustomize-set-image": kustomizeSetImage,
	"set-image": setImage,
	"set-images": setImages,
	"set-up-files": setUpFiles,
	"set-value": setValue,
	"write-file": writeFile
};
function parseEdit(edit) {
	const kind = kindNameOf(edit);
	if (kind === void 0) {
		const known = Object.keys(editKinds).join(", ");
		throw new InputError("this edit cannot be used", [{
			field: "kind",
			expected: `expected one of ${known}`
		}]);
	}
	const checked = editKinds[kind].schema().safeParse(edit);
	const recording = isRecording(edit, editKinds[kind]) ? Recording().safeParse(edit) : void 0;
	if (!checked.success || recording?.success === false) throw new InputError("this edit cannot be used", [...badFields(checked.error), ...badFields(recording?.error)], { cause: checked.error ?? recording?.error });
	return {
		...checked.data,
		...recording?.data
	};
}
function pathsOf(edit) {
	return editKinds[edit.kind].pathsOf(edit);
}
function applyEdit(edit, files) {
	return editKinds[edit.kind].apply(edit, files);
}
function imagesOf(edit) {
	return editKinds[edit.kind].imagesOf(edit);
}
function kindNameOf(edit) {
	const kind = edit !== null && typeof edit === "object" && "kind" in edit ? edit.kind : void 0;
	return typeof kind === "string" && isKindName(kind) ? kind : void 0;
}
function isKindName(kind) {
	return Object.hasOwn(editKinds, kind);
}
function isRecording(edit, { isRecorded }) {
	return isRecorded && edit !== null && typeof edit === "object" && [
		"provenance",
		"record",
		"allowDowngrade"
	].some((field) => field in edit);
}
function badFields(error) {
	return (error?.issues ?? []).map(({ path, message }) => ({
		field: path.join("."),
		expected: message
	}));
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
// tools/edits/src/find-image.ts
function findImage(files, image, among = layouts) {
	const notes = [];
	const texts = [...files].filter(([path]) => isCandidate(path, files)).sort(([a], [b]) => a < b ? -1 : 1).flatMap(([path, file]) => decoded(path, file, image, notes));
	const open = (path, text) => readable(path, text, image, notes);
	const marked = texts.filter(({ text }) => among.includes("flux") && text.includes("$imagepolicy"));
	const policies = [...new Set(marked.flatMap(({ path, text }) => open(path, text).flatMap((yaml) => policiesOf(yaml, image))))];
	const search = {
		image,
		to: {},
		pin: "always",
		layouts: among,
		policies
	};
	return {
		places: texts.filter(({ text }) => mayCarry(text, image) || policies.some((policy) => text.includes(policy))).flatMap(({ path, text }) => open(path, text).flatMap((yaml) => placesOf(yaml, search, notes).map(foundIn(path)))),
		policies,
		notes: [...new Set([...notes, ...templatesNaming(files, image)])]
	};
}
function mayNameImage(path) {
	return /\.(ya?ml|json)$/.test(path) || isKustomizationName(path.slice(path.lastIndexOf("/") + 1));
}
function placesOf(yaml, search, notes) {
	const places = placesIn(yaml, [search]);
	const known = new Set(places.flatMap(idsOf));
	for (const { path, document, text } of scalarsOf$1(yaml)) {
		const { name, tag, digest } = parseImageReference(text) ?? { name: "" };
		if (!((tag !== void 0 || digest !== void 0) && isSameImage(name, search.image)) || known.has(`${document} ${formatPath(path)}`)) continue;
		notes.push(`${yaml.file} names ${text} as ${formatPath(path)}, which was left as it is`);
	}
	return places;
}
function idsOf({ document, path, changes }) {
	return [path, ...(changes.set ?? []).map((each) => each.path)].map((each) => `${document} ${formatPath(each)}`);
}
function foundIn(file) {
	return ({ layout, document, path, found }) => ({
		file,
		document,
		layout,
		at: formatPath(path),
		...found
	});
}
function decoded(path, file, image, notes) {
	try {
		return [{
			path,
			text: textOf(file, path)
		}];
	} catch (error) {
		if (Buffer.from(file.bytes).includes(image)) throw error;
		notes.push(`${path} was not looked into: it is not UTF-8 text`);
		return [];
	}
}
function readable(path, text, image, notes) {
	try {
		return [parseYaml(text, path)];
	} catch (error) {
		if (!(error instanceof StepError) || text.includes(image)) throw error;
		notes.push(`${path} was not looked into: ${error.message}`);
		return [];
	}
}
function isCandidate(path, files) {
	const name = path.slice(path.lastIndexOf("/") + 1);
	if (isKustomizationName(name) || /^\.argocd-source.*\.ya?ml$/.test(name)) return !isHidden(folderOf(path));
	if (!/\.(ya?ml|json)$/.test(name) || isHidden(path) || isTemplate(path, files)) return false;
	return !/^(Chart\.(yaml|lock)|(docker-)?compose.*\.ya?ml|package(-lock)?\.json)$/.test(name);
}
function isHidden(path) {
	return path.split("/").some((segment) => segment.startsWith(".") && segment !== ".");
}
function isTemplate(path, files) {
	const segments = path.split("/");
	return segments.some((segment, at) => {
		return segment === "templates" && files.has([...segments.slice(0, at), "Chart.yaml"].join("/"));
	});
}
function templatesNaming(files, image) {
	const named = ([path, file]) => isTemplate(path, files) && Buffer.from(file.bytes).includes(image);
	return [...files].filter(named).map(([path]) => `${path} names ${image}; it is a template of a chart and was left as it is`);
}
// tools/edits/src/follow-kustomization.ts
function followKustomization(files, folder) {
	const [folders, found] = [new Set(), new Set()];
	const queue = [folder];
	for (let next = queue.shift(); next !== void 0; next = queue.shift()) {
		if (folders.has(next)) continue;
		folders.add(next);
		const path = kustomizationIn(files, next);
		found.add(path);
		const { yaml } = parseKustomization(textOf(fileAt(files, path), path), path);
		for (const entry of entriesOf(dataOf(yaml))) {
			const target = posix.normalize(posix.join(next, entry)).replace(/\/$/, "").replace(/^\.$/, "");
			if (files.has(target)) found.add(target);
			else if (kustomizationPaths(target).some((each) => files.has(each))) queue.push(target);
		}
	}
	return {
		folders: [...folders],
		files: [...found]
	};
}
function entriesOf(data) {
	if (!isRecord(data)) return [];
	const listed = [
		"resources",
		"components",
		"bases",
		"patchesStrategicMerge"
	].flatMap((key) => data[key] ?? []);
	const patches = [data["patches"] ?? []].flat().map((patch) => isRecord(patch) ? patch["path"] : void 0);
	return [...listed, ...patches].filter((entry) => typeof entry === "string" && !isAddress(entry));
}
function isAddress(entry) {
	return /^[a-z+]+:\/\/|^[^/]+@[^/]+:|\?ref=|\n/.test(entry);
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
export { textFile as A, readImages as C, describeEntry as D, isRepositoryPath as E, withChanges as M, parse as N, layouts as O, kustomizationPaths as S, folderOf as T, recordName as _, findImage as a, kustomizationIn as b, imagesOf as c, judgeSetUpFiles as d, setUpFilesEdit as f, parseRecord as g, setUpRecordName as h, followKustomization as i, textOf as j, blobIdOf as k, parseEdit as l, readSetUpRecord as m, verifyRecord as n, mayNameImage as o, writeFileEdit as p, unifiedDiff as r, applyEdits as s, agrees as t, pathsOf as u, readDagsterLocations as v, RepositoryPath as w, kustomizationNames as x, workspaceName as y };
