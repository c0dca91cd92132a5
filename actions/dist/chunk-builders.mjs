import { o as pickPlatform, r as mediaTypes } from "./chunk-manifest.mjs";
import { Ft as RetryableError, It as StepError, K as lstat, Lt as messageOf, Pt as InputError, S as digestOf, St as record, X as readdir, Y as readFile, Z as realpath, _ as formatReference, bt as number, dt as _enum, pt as array, vt as literal$1, w as createHash, wt as string, xt as object, yt as looseObject } from "./chunk-base.mjs";
import { n as require_tar_stream } from "./chunk-tar.mjs";
import { N as parse } from "./chunk-edits.mjs";
import { t as KubeObject } from "./chunk-kube-object.mjs";
import { join, relative, sep } from "node:path";
import { createRequire } from "module";
// tools/builders/src/append/base-image.ts
async function readBaseImage(registry, reference, platform) {
	const manifest = await manifestFor(registry, reference, platform);
	const config = await registry.readImageConfig({
		...reference,
		digest: manifest.digest
	});
	if (manifest.kind !== "image" || config?.rootfs === void 0) throw new StepError(`The base image ${formatReference(reference)} has no configuration that can be used`);
	const pythonVersion = environmentOf(config)["PYTHON_VERSION"];
	if (pythonVersion === void 0) throw new StepError(`The base image ${formatReference(reference)} does not say which Python it has`, { hint: "Use one that sets PYTHON_VERSION, as the official Python images do." });
	return {
		reference,
		digest: manifest.digest,
		layers: manifest.image.layers,
		config,
		pythonVersion
	};
}
function environmentOf(config) {
	return Object.fromEntries((config.config?.Env ?? []).map((line) => line.split(/=(.*)/s).slice(0, 2)));
}
async function manifestFor(registry, reference, platform) {
	const found = await registry.getManifest(reference);
	if (found === void 0) throw new StepError(`The base image ${formatReference(reference)} does not exist`);
	if (found.kind === "image") return found;
	const entry = pickPlatform(found.index, platform);
	const { tag: _, ...repository } = reference;
	const manifest = entry === void 0 ? void 0 : await registry.getManifest({
		...repository,
		digest: entry.digest
	});
	if (manifest !== void 0) return manifest;
	throw new StepError(`The base image ${formatReference(reference)} is not made for ${platform.os}/${platform.architecture}`);
}
// tools/builders/src/append/target.ts
const machines = {
	amd64: "x86_64",
	arm64: "aarch64",
	"386": "i686",
	arm: "armv7l",
	ppc64le: "ppc64le",
	s390x: "s390x",
	riscv64: "riscv64"
};
function machineOf(platform) {
	return machines[platform.architecture] ?? platform.architecture;
}
function markerEnvironment(target) {
	return {
		implementation_name: "cpython",
		implementation_version: target.version,
		os_name: "posix",
		platform_machine: machineOf(target.platform),
		platform_python_implementation: "CPython",
		platform_release: "",
		platform_system: "Linux",
		platform_version: "",
		python_full_version: target.version,
		python_version: target.version.split(".").slice(0, 2).join("."),
		sys_platform: "linux"
	};
}
// tools/builders/src/append/wheel-tags.ts
function parseWheelName(file) {
	const parts = file.replace(/\.whl$/, "").split("-");
	if (!file.endsWith(".whl") || parts.length !== 5 && parts.length !== 6) return void 0;
	const [pythons = "", abis = "", platforms = ""] = parts.slice(-3);
	return {
		file,
		pythons: pythons.split("."),
		abis: abis.split("."),
		platforms: platforms.split(".")
	};
}
function rankOf(wheel, target) {
	const interpreters = interpreterTags(target.version);
	const platforms = platformTags(target);
	const fitting = wheel.pythons.flatMap((python) => wheel.abis.flatMap((abi) => wheel.platforms.map((platform) => rank(interpreters.indexOf(`${python}-${abi}`), platforms.indexOf(platform))))).filter((each) => each !== void 0);
	return fitting.length === 0 ? void 0 : Math.min(...fitting);
}
function rank(interpreter, platform) {
	return interpreter === -1 || platform === -1 ? void 0 : interpreter * 1e3 + platform;
}
function interpreterTags(version) {
	const [major = 3, minor = 0] = version.split(".").map(Number);
	const own = `cp${major}${minor}`;
	const older = Array.from({ length: minor }, (_, index) => minor - 1 - index);
	const stable = older.filter((each) => each >= 2).map((each) => `cp${major}${each}-abi3`);
	const generic = [
		`py${major}${minor}-none`,
		`py${major}-none`,
		...older.map((each) => `py${major}${each}-none`)
	];
	return [
		`${own}-${own}`,
		`${own}-abi3`,
		`${own}-none`,
		...stable,
		...generic
	];
}
const legacyManylinux = {
	"2_17": "manylinux2014",
	"2_12": "manylinux2010",
	"2_5": "manylinux1"
};
function platformTags(target) {
	const machine = machineOf(target.platform);
	const { kind, major, minor } = target.libc;
	return [
		...Array.from({ length: minor + 1 }, (_, index) => minor - index).flatMap((each) => {
			if (kind === "musl") return [`musllinux_${major}_${each}_${machine}`];
			const legacy = legacyManylinux[`${major}_${each}`];
			return [`manylinux_${major}_${each}_${machine}`, ...legacy === void 0 ? [] : [`${legacy}_${machine}`]];
		}),
		`linux_${machine}`,
		"any"
	];
}
// tools/builders/src/append/choose-wheel.ts
function chooseWheel(locked, target) {
	const [best] = locked.wheels.map((wheel) => ({
		wheel,
		rank: rankOfFile(wheel, target)
	})).filter((each) => each.rank !== void 0).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
	if (best === void 0) throw withoutWheel(locked, target);
	return chosen(locked, best.wheel);
}
function rankOfFile(wheel, target) {
	const name = parseWheelName(fileOf(wheel));
	return name === void 0 ? void 0 : rankOf(name, target);
}
function chosen(locked, wheel) {
	const file = fileOf(wheel);
	if (wheel.hash === void 0 || !/^sha256:[0-9a-f]{64}$/.test(wheel.hash)) throw new StepError(`uv.lock holds no SHA-256 hash for ${file}`, { hint: "Only wheels that can be verified are installed." });
	const location = wheel.url === void 0 ? { path: pathOf(locked, wheel) } : { url: wheel.url };
	return {
		package: locked.name,
		version: locked.version ?? "",
		file,
		hash: wheel.hash,
		location
	};
}
function pathOf(locked, wheel) {
	const { path, registry } = locked.source;
	return path ?? [registry, wheel.path].filter(Boolean).join("/");
}
function fileOf(wheel) {
	const place = wheel.url === void 0 ? wheel.path ?? wheel.filename ?? "" : new URL(wheel.url).pathname;
	return decodeURIComponent(place.split("/").at(-1) ?? "");
}
function withoutWheel(locked, target) {
	const { os, architecture } = target.platform;
	const where = `Python ${target.version} on ${os}/${architecture} (${target.libc.kind} ${target.libc.major}.${target.libc.minor})`;
	const what = `${locked.name} ${locked.version ?? ""}`.trim();
	const source = locked.source.git ?? locked.source.directory ?? locked.source.editable ?? locked.source.virtual;
	const why = source === void 0 ? `uv.lock holds no wheel of ${what} for ${where}` : `${what} is locked to ${source}, which is source code`;
	return new StepError(`The append builder cannot install ${locked.name}: ${why}`, { hint: "It compiles nothing. Build this application with the kpack builder, or lock a version that has a wheel." });
}
// tools/builders/src/append/fetch-wheel.ts
async function fetchWheel(wheel, from) {
	const bytes = "url" in wheel.location ? await download(wheel, wheel.location.url, from) : await readLocal(wheel, wheel.location.path, from.folder);
	const hash = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
	if (hash === wheel.hash) return bytes;
	throw new StepError(`${wheel.file} is not what uv.lock was made with: its hash is ${hash}, expected ${wheel.hash}`, { hint: "Nothing of it was used. Find out who changed it before you lock again." });
}
async function download(wheel, url, { fetch, signal }) {
	const response = await fetch(url, { signal }).catch((cause) => {
		signal.throwIfAborted();
		throw new RetryableError(`${wheel.file} cannot be downloaded: ${messageOf(cause)}`, { cause });
	});
	if (response.status === 429 || response.status >= 500) throw new RetryableError(`The package index answered ${response.status} for ${wheel.file}`);
	if (!response.ok) throw new StepError(`The package index answered ${response.status} for ${wheel.file}`);
	return response.bytes().catch((cause) => {
		throw new RetryableError(`The download of ${wheel.file} broke off`, { cause });
	});
}
async function readLocal(wheel, path, folder) {
	const found = await realpath(join(folder, path)).catch((cause) => {
		throw new StepError(`${path} of uv.lock is not in the repository`, { cause });
	});
	if (relative(await realpath(folder), found).startsWith("..")) throw new StepError(`${wheel.file} lies outside the application's folder, at ${path}`);
	return readFile(found);
}
// tools/builders/src/append/image-file.ts
const places = {
	home: "app",
	packages: "app/site-packages",
	programs: "app/bin",
	source: "app/source"
};
// tools/builders/src/append/image-config.ts
const user = "1000:1000";
function provenance(source, checkedOut, base) {
	return {
		"org.opencontainers.image.base.digest": base.digest,
		"org.opencontainers.image.base.name": formatReference(base.reference),
		"org.opencontainers.image.created": checkedOut.committedAt.toISOString(),
		"org.opencontainers.image.revision": source.revision,
		"org.opencontainers.image.source": source.repoUrl
	};
}
function imageConfig(base, platform, layers, labels, command) {
	const created = labels["org.opencontainers.image.created"];
	const baseEnvironment = environmentOf(base.config);
	const environment = {
		...baseEnvironment,
		PATH: `/${places.programs}:${baseEnvironment["PATH"] ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}`,
		PYTHONPATH: `/${places.source}/src:/${places.source}:/${places.packages}`,
		PYTHONDONTWRITEBYTECODE: "1",
		PYTHONUNBUFFERED: "1"
	};
	return {
		architecture: platform.architecture,
		os: platform.os,
		...platform.variant === void 0 ? {} : { variant: platform.variant },
		created,
		config: {
			User: user,
			WorkingDir: `/${places.source}`,
			Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
			Cmd: [`/${places.programs}/${command}`],
			Labels: {
				...base.config.config?.Labels ?? {},
				...labels
			}
		},
		rootfs: {
			type: "layers",
			diff_ids: [...base.config.rootfs?.diff_ids ?? [], ...layers.map(({ layer }) => layer.diffId)]
		},
		history: [...base.config.history ?? [], ...layers.map(({ createdBy }) => ({
			created,
			created_by: createdBy
		}))]
	};
}
// node_modules/fflate/esm/index.mjs
var require = createRequire("/");
var _a;
try {
	_a = require("worker_threads"), _a.Worker, _a.isMarkedAsUntransferable;
} catch (e) {}
var u8 = Uint8Array;
var u16 = Uint16Array;
var i32 = Int32Array;
var fleb = new u8([
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	1,
	1,
	1,
	1,
	2,
	2,
	2,
	2,
	3,
	3,
	3,
	3,
	4,
	4,
	4,
	4,
	5,
	5,
	5,
	5,
	0,
	0,
	0,
	0
]);
var fdeb = new u8([
	0,
	0,
	0,
	0,
	1,
	1,
	2,
	2,
	3,
	3,
	4,
	4,
	5,
	5,
	6,
	6,
	7,
	7,
	8,
	8,
	9,
	9,
	10,
	10,
	11,
	11,
	12,
	12,
	13,
	13,
	0,
	0
]);
var clim = new u8([
	16,
	17,
	18,
	0,
	8,
	7,
	9,
	6,
	10,
	5,
	11,
	4,
	12,
	3,
	13,
	2,
	14,
	1,
	15
]);
var freb = function(eb, start) {
	var b = new u16(31);
	for (var i = 0; i < 31; ++i) b[i] = start += 1 << eb[i - 1];
	var r = new i32(b[30]);
	for (var i = 1; i < 30; ++i) for (var j = b[i]; j < b[i + 1]; ++j) r[j] = j - b[i] << 5 | i;
	return {
		b,
		r
	};
};
var _a = freb(fleb, 2);
var fl = _a.b;
var revfl = _a.r;
fl[28] = 258, revfl[258] = 28;
var _b = freb(fdeb, 0);
var fd = _b.b;
var revfd = _b.r;
var rev = new u16(32768);
for (var i = 0; i < 32768; ++i) {
	var x = (i & 43690) >> 1 | (i & 21845) << 1;
	x = (x & 52428) >> 2 | (x & 13107) << 2;
	x = (x & 61680) >> 4 | (x & 3855) << 4;
	rev[i] = ((x & 65280) >> 8 | (x & 255) << 8) >> 1;
}
var hMap = (function(cd, mb, r) {
	var s = cd.length;
	var i = 0;
	var l = new u16(mb);
	for (; i < s; ++i) if (cd[i]) ++l[cd[i] - 1];
	var le = new u16(mb);
	for (i = 1; i < mb; ++i) le[i] = le[i - 1] + l[i - 1] << 1;
	var co;
	if (r) {
		co = new u16(1 << mb);
		var rvb = 15 - mb;
		for (i = 0; i < s; ++i) if (cd[i]) {
			var sv = i << 4 | cd[i];
			var r_1 = mb - cd[i];
			var v = le[cd[i] - 1]++ << r_1;
			for (var m = v | (1 << r_1) - 1; v <= m; ++v) co[rev[v] >> rvb] = sv;
		}
	} else {
		co = new u16(s);
		for (i = 0; i < s; ++i) if (cd[i]) co[i] = rev[le[cd[i] - 1]++] >> 15 - cd[i];
	}
	return co;
});
var flt = new u8(288);
for (var i = 0; i < 144; ++i) flt[i] = 8;
for (var i = 144; i < 256; ++i) flt[i] = 9;
for (var i = 256; i < 280; ++i) flt[i] = 7;
for (var i = 280; i < 288; ++i) flt[i] = 8;
var fdt = new u8(32);
for (var i = 0; i < 32; ++i) fdt[i] = 5;
var flm = hMap(flt, 9, 0);
var flrm = hMap(flt, 9, 1);
var fdm = hMap(fdt, 5, 0);
var fdrm = hMap(fdt, 5, 1);
var max = function(a) {
	var m = a[0];
	for (var i = 1; i < a.length; ++i) if (a[i] > m) m = a[i];
	return m;
};
var bits = function(d, p, m) {
	var o = p / 8 | 0;
	return (d[o] | d[o + 1] << 8) >> (p & 7) & m;
};
var bits16 = function(d, p) {
	var o = p / 8 | 0;
	return (d[o] | d[o + 1] << 8 | d[o + 2] << 16) >> (p & 7);
};
var shft = function(p) {
	return (p + 7) / 8 | 0;
};
var slc = function(v, s, e) {
	if (s == null || s < 0) s = 0;
	if (e == null || e > v.length) e = v.length;
	return new u8(v.subarray(s, e));
};
var ec = [
	"unexpected EOF",
	"invalid block type",
	"invalid length/literal",
	"invalid distance",
	"stream finished",
	"no stream handler",
	,
	"no callback",
	"invalid UTF-8 data",
	"extra field too long",
	"date not in range 1980-2099",
	"filename too long",
	"stream finishing",
	"invalid zip data"
];
var err = function(ind, msg, nt) {
	var e = new Error(msg || ec[ind]);
	e.code = ind;
	if (Error.captureStackTrace) Error.captureStackTrace(e, err);
	if (!nt) throw e;
	return e;
};
var inflt = function(dat, st, buf, dict) {
	var sl = dat.length, dl = dict ? dict.length : 0;
	if (!sl || st.f && !st.l) return buf || new u8(0);
	var noBuf = !buf;
	var resize = noBuf || st.i != 2;
	var noSt = st.i;
	if (noBuf) buf = new u8(sl * 3);
	var cbuf = function(l) {
		var bl = buf.length;
		if (l > bl) {
			var nbuf = new u8(Math.max(bl * 2, l));
			nbuf.set(buf);
			buf = nbuf;
		}
	};
	var final = st.f || 0, pos = st.p || 0, bt = st.b || 0, lm = st.l, dm = st.d, lbt = st.m, dbt = st.n;
	var tbts = sl * 8;
	do {
		if (!lm) {
			final = bits(dat, pos, 1);
			var type = bits(dat, pos + 1, 3);
			pos += 3;
			if (!type) {
				var s = shft(pos) + 4, l = dat[s - 4] | dat[s - 3] << 8, t = s + l;
				if (t > sl) {
					if (noSt) err(0);
					break;
				}
				if (resize) cbuf(bt + l);
				buf.set(dat.subarray(s, t), bt);
				st.b = bt += l, st.p = pos = t * 8, st.f = final;
				continue;
			} else if (type == 1) lm = flrm, dm = fdrm, lbt = 9, dbt = 5;
			else if (type == 2) {
				var hLit = bits(dat, pos, 31) + 257, hcLen = bits(dat, pos + 10, 15) + 4;
				var tl = hLit + bits(dat, pos + 5, 31) + 1;
				pos += 14;
				var ldt = new u8(tl);
				var clt = new u8(19);
				for (var i = 0; i < hcLen; ++i) clt[clim[i]] = bits(dat, pos + i * 3, 7);
				pos += hcLen * 3;
				var clb = max(clt), clbmsk = (1 << clb) - 1;
				var clm = hMap(clt, clb, 1);
				for (var i = 0; i < tl;) {
					var r = clm[bits(dat, pos, clbmsk)];
					pos += r & 15;
					var s = r >> 4;
					if (s < 16) ldt[i++] = s;
					else {
						var c = 0, n = 0;
						if (s == 16) n = 3 + bits(dat, pos, 3), pos += 2, c = ldt[i - 1];
						else if (s == 17) n = 3 + bits(dat, pos, 7), pos += 3;
						else if (s == 18) n = 11 + bits(dat, pos, 127), pos += 7;
						while (n--) ldt[i++] = c;
					}
				}
				var lt = ldt.subarray(0, hLit), dt = ldt.subarray(hLit);
				lbt = max(lt);
				dbt = max(dt);
				lm = hMap(lt, lbt, 1);
				dm = hMap(dt, dbt, 1);
			} else err(1);
			if (pos > tbts) {
				if (noSt) err(0);
				break;
			}
		}
		if (resize) cbuf(bt + 131072);
		var lms = (1 << lbt) - 1, dms = (1 << dbt) - 1;
		var lpos = pos;
		for (;; lpos = pos) {
			var c = lm[bits16(dat, pos) & lms], sym = c >> 4;
			pos += c & 15;
			if (pos > tbts) {
				if (noSt) err(0);
				break;
			}
			if (!c) err(2);
			if (sym < 256) buf[bt++] = sym;
			else if (sym == 256) {
				lpos = pos, lm = null;
				break;
			} else {
				var add = sym - 254;
				if (sym > 264) {
					var i = sym - 257, b = fleb[i];
					add = bits(dat, pos, (1 << b) - 1) + fl[i];
					pos += b;
				}
				var d = dm[bits16(dat, pos) & dms], dsym = d >> 4;
				if (!d) err(3);
				pos += d & 15;
				var dt = fd[dsym];
				if (dsym > 3) {
					var b = fdeb[dsym];
					dt += bits16(dat, pos) & (1 << b) - 1, pos += b;
				}
				if (pos > tbts) {
					if (noSt) err(0);
					break;
				}
				if (resize) cbuf(bt + 131072);
				var end = bt + add;
				if (bt < dt) {
					var shift = dl - dt, dend = Math.min(dt, end);
					if (shift + bt < 0) err(3);
					for (; bt < dend; ++bt) buf[bt] = dict[shift + bt];
				}
				for (; bt < end; ++bt) buf[bt] = buf[bt - dt];
			}
		}
		st.l = lm, st.p = lpos, st.b = bt, st.f = final;
		if (lm) final = 1, st.m = lbt, st.d = dm, st.n = dbt;
	} while (!final);
	return bt != buf.length && noBuf ? slc(buf, 0, bt) : buf.subarray(0, bt);
};
var wbits = function(d, p, v) {
	v <<= p & 7;
	var o = p / 8 | 0;
	d[o] |= v;
	d[o + 1] |= v >> 8;
};
var wbits16 = function(d, p, v) {
	v <<= p & 7;
	var o = p / 8 | 0;
	d[o] |= v;
	d[o + 1] |= v >> 8;
	d[o + 2] |= v >> 16;
};
var hTree = function(d, mb) {
	var t = [];
	for (var i = 0; i < d.length; ++i) if (d[i]) t.push({
		s: i,
		f: d[i]
	});
	var s = t.length;
	var t2 = t.slice();
	if (!s) return {
		t: et,
		l: 0
	};
	if (s == 1) {
		var v = new u8(t[0].s + 1);
		v[t[0].s] = 1;
		return {
			t: v,
			l: 1
		};
	}
	t.sort(function(a, b) {
		return a.f - b.f;
	});
	t.push({
		s: -1,
		f: 25001
	});
	var l = t[0], r = t[1], i0 = 0, i1 = 1, i2 = 2;
	t[0] = {
		s: -1,
		f: l.f + r.f,
		l,
		r
	};
	while (i1 != s - 1) {
		l = t[t[i0].f < t[i2].f ? i0++ : i2++];
		r = t[i0 != i1 && t[i0].f < t[i2].f ? i0++ : i2++];
		t[i1++] = {
			s: -1,
			f: l.f + r.f,
			l,
			r
		};
	}
	var maxSym = t2[0].s;
	for (var i = 1; i < s; ++i) if (t2[i].s > maxSym) maxSym = t2[i].s;
	var tr = new u16(maxSym + 1);
	var mbt = ln(t[i1 - 1], tr, 0);
	if (mbt > mb) {
		var i = 0, dt = 0;
		var lft = mbt - mb, cst = 1 << lft;
		t2.sort(function(a, b) {
			return tr[b.s] - tr[a.s] || a.f - b.f;
		});
		for (; i < s; ++i) {
			var i2_1 = t2[i].s;
			if (tr[i2_1] > mb) {
				dt += cst - (1 << mbt - tr[i2_1]);
				tr[i2_1] = mb;
			} else break;
		}
		dt >>= lft;
		while (dt > 0) {
			var i2_2 = t2[i].s;
			if (tr[i2_2] < mb) dt -= 1 << mb - tr[i2_2]++ - 1;
			else ++i;
		}
		for (; i >= 0 && dt; --i) {
			var i2_3 = t2[i].s;
			if (tr[i2_3] == mb) {
				--tr[i2_3];
				++dt;
			}
		}
		mbt = mb;
	}
	return {
		t: new u8(tr),
		l: mbt
	};
};
var ln = function(n, l, d) {
	return n.s == -1 ? Math.max(ln(n.l, l, d + 1), ln(n.r, l, d + 1)) : l[n.s] = d;
};
var lc = function(c) {
	var s = c.length;
	while (s && !c[--s]);
	var cl = new u16(++s);
	var cli = 0, cln = c[0], cls = 1;
	var w = function(v) {
		cl[cli++] = v;
	};
	for (var i = 1; i <= s; ++i) if (c[i] == cln && i != s) ++cls;
	else {
		if (!cln && cls > 2) {
			for (; cls > 138; cls -= 138) w(32754);
			if (cls > 2) {
				w(cls > 10 ? cls - 11 << 5 | 28690 : cls - 3 << 5 | 12305);
				cls = 0;
			}
		} else if (cls > 3) {
			w(cln), --cls;
			for (; cls > 6; cls -= 6) w(8304);
			if (cls > 2) w(cls - 3 << 5 | 8208), cls = 0;
		}
		while (cls--) w(cln);
		cls = 1;
		cln = c[i];
	}
	return {
		c: cl.subarray(0, cli),
		n: s
	};
};
var clen = function(cf, cl) {
	var l = 0;
	for (var i = 0; i < cl.length; ++i) l += cf[i] * cl[i];
	return l;
};
var wfblk = function(out, pos, dat) {
	var s = dat.length;
	var o = shft(pos + 2);
	out[o] = s & 255;
	out[o + 1] = s >> 8;
	out[o + 2] = out[o] ^ 255;
	out[o + 3] = out[o + 1] ^ 255;
	for (var i = 0; i < s; ++i) out[o + i + 4] = dat[i];
	return (o + 4 + s) * 8;
};
var wblk = function(dat, out, final, syms, lf, df, eb, li, bs, bl, p) {
	wbits(out, p++, final);
	++lf[256];
	var _a = hTree(lf, 15), dlt = _a.t, mlb = _a.l;
	var _b = hTree(df, 15), ddt = _b.t, mdb = _b.l;
	var _c = lc(dlt), lclt = _c.c, nlc = _c.n;
	var _d = lc(ddt), lcdt = _d.c, ndc = _d.n;
	var lcfreq = new u16(19);
	for (var i = 0; i < lclt.length; ++i) ++lcfreq[lclt[i] & 31];
	for (var i = 0; i < lcdt.length; ++i) ++lcfreq[lcdt[i] & 31];
	var _e = hTree(lcfreq, 7), lct = _e.t, mlcb = _e.l;
	var nlcc = 19;
	for (; nlcc > 4 && !lct[clim[nlcc - 1]]; --nlcc);
	var flen = bl + 5 << 3;
	var ftlen = clen(lf, flt) + clen(df, fdt) + eb;
	var dtlen = clen(lf, dlt) + clen(df, ddt) + eb + 14 + 3 * nlcc + clen(lcfreq, lct) + 2 * lcfreq[16] + 3 * lcfreq[17] + 7 * lcfreq[18];
	if (bs >= 0 && flen <= ftlen && flen <= dtlen) return wfblk(out, p, dat.subarray(bs, bs + bl));
	var lm, ll, dm, dl;
	wbits(out, p, 1 + (dtlen < ftlen)), p += 2;
	if (dtlen < ftlen) {
		lm = hMap(dlt, mlb, 0), ll = dlt, dm = hMap(ddt, mdb, 0), dl = ddt;
		var llm = hMap(lct, mlcb, 0);
		wbits(out, p, nlc - 257);
		wbits(out, p + 5, ndc - 1);
		wbits(out, p + 10, nlcc - 4);
		p += 14;
		for (var i = 0; i < nlcc; ++i) wbits(out, p + 3 * i, lct[clim[i]]);
		p += 3 * nlcc;
		var lcts = [lclt, lcdt];
		for (var it = 0; it < 2; ++it) {
			var clct = lcts[it];
			for (var i = 0; i < clct.length; ++i) {
				var len = clct[i] & 31;
				wbits(out, p, llm[len]), p += lct[len];
				if (len > 15) wbits(out, p, clct[i] >> 5 & 127), p += clct[i] >> 12;
			}
		}
	} else lm = flm, ll = flt, dm = fdm, dl = fdt;
	for (var i = 0; i < li; ++i) {
		var sym = syms[i];
		if (sym > 255) {
			var len = sym >> 18 & 31;
			wbits16(out, p, lm[len + 257]), p += ll[len + 257];
			if (len > 7) wbits(out, p, sym >> 23 & 31), p += fleb[len];
			var dst = sym & 31;
			wbits16(out, p, dm[dst]), p += dl[dst];
			if (dst > 3) wbits16(out, p, sym >> 5 & 8191), p += fdeb[dst];
		} else wbits16(out, p, lm[sym]), p += ll[sym];
	}
	wbits16(out, p, lm[256]);
	return p + ll[256];
};
var deo = new i32([
	65540,
	131080,
	131088,
	131104,
	262176,
	1048704,
	1048832,
	2114560,
	2117632
]);
var et = new u8(0);
var dflt = function(dat, lvl, plvl, pre, post, st) {
	var s = st.z || dat.length;
	var o = new u8(pre + s + 5 * (1 + Math.ceil(s / 7e3)) + post);
	var w = o.subarray(pre, o.length - post);
	var lst = st.l;
	var pos = (st.r || 0) & 7;
	if (lvl) {
		if (pos) w[0] = st.r >> 3;
		var opt = deo[lvl - 1];
		var n = opt >> 13, c = opt & 8191;
		var msk_1 = (1 << plvl) - 1;
		var prev = st.p || new u16(32768), head = st.h || new u16(msk_1 + 1);
		var bs1_1 = Math.ceil(plvl / 3), bs2_1 = 2 * bs1_1;
		var hsh = function(i) {
			return (dat[i] ^ dat[i + 1] << bs1_1 ^ dat[i + 2] << bs2_1) & msk_1;
		};
		var syms = new i32(25e3);
		var lf = new u16(288), df = new u16(32);
		var lc_1 = 0, eb = 0, i = st.i || 0, li = 0, wi = st.w || 0, bs = 0;
		for (; i + 2 < s; ++i) {
			var hv = hsh(i);
			var imod = i & 32767, pimod = head[hv];
			prev[imod] = pimod;
			head[hv] = imod;
			if (wi <= i) {
				var rem = s - i;
				if ((lc_1 > 7e3 || li > 24576) && (rem > 423 || !lst)) {
					pos = wblk(dat, w, 0, syms, lf, df, eb, li, bs, i - bs, pos);
					li = lc_1 = eb = 0, bs = i;
					for (var j = 0; j < 286; ++j) lf[j] = 0;
					for (var j = 0; j < 30; ++j) df[j] = 0;
				}
				var l = 2, d = 0, ch_1 = c, dif = imod - pimod & 32767;
				if (rem > 2 && hv == hsh(i - dif)) {
					var maxn = Math.min(n, rem) - 1;
					var maxd = Math.min(32767, i);
					var ml = Math.min(258, rem);
					while (dif <= maxd && --ch_1 && imod != pimod) {
						if (dat[i + l] == dat[i + l - dif]) {
							var nl = 0;
							for (; nl < ml && dat[i + nl] == dat[i + nl - dif]; ++nl);
							if (nl > l) {
								l = nl, d = dif;
								if (nl > maxn) break;
								var mmd = Math.min(dif, nl - 2);
								var md = 0;
								for (var j = 0; j < mmd; ++j) {
									var ti = i - dif + j & 32767;
									var cd = ti - prev[ti] & 32767;
									if (cd > md) md = cd, pimod = ti;
								}
							}
						}
						imod = pimod, pimod = prev[imod];
						dif += imod - pimod & 32767;
					}
				}
				if (d) {
					syms[li++] = 268435456 | revfl[l] << 18 | revfd[d];
					var lin = revfl[l] & 31, din = revfd[d] & 31;
					eb += fleb[lin] + fdeb[din];
					++lf[257 + lin];
					++df[din];
					wi = i + l;
					++lc_1;
				} else {
					syms[li++] = dat[i];
					++lf[dat[i]];
				}
			}
		}
		for (i = Math.max(i, wi); i < s; ++i) {
			syms[li++] = dat[i];
			++lf[dat[i]];
		}
		pos = wblk(dat, w, lst, syms, lf, df, eb, li, bs, i - bs, pos);
		if (!lst) {
			st.r = pos & 7 | w[pos / 8 | 0] << 3;
			pos -= 7;
			st.h = head, st.p = prev, st.i = i, st.w = wi;
		}
	} else {
		for (var i = st.w || 0; i < s + lst; i += 65535) {
			var e = i + 65535;
			if (e >= s) {
				w[pos / 8 | 0] = lst;
				e = s;
			}
			pos = wfblk(w, pos + 1, dat.subarray(i, e));
		}
		st.i = s;
	}
	return slc(o, 0, pre + shft(pos) + post);
};
var crct = (function() {
	var t = new Int32Array(256);
	for (var i = 0; i < 256; ++i) {
		var c = i, k = 9;
		while (--k) c = (c & 1 && -306674912) ^ c >>> 1;
		t[i] = c;
	}
	return t;
})();
var crc = function() {
	var c = -1;
	return {
		p: function(d) {
			var cr = c;
			for (var i = 0; i < d.length; ++i) cr = crct[cr & 255 ^ d[i]] ^ cr >>> 8;
			c = cr;
		},
		d: function() {
			return ~c;
		}
	};
};
var dopt = function(dat, opt, pre, post, st) {
	if (!st) {
		st = { l: 1 };
		if (opt.dictionary) {
			var dict = opt.dictionary.subarray(-32768);
			var newDat = new u8(dict.length + dat.length);
			newDat.set(dict);
			newDat.set(dat, dict.length);
			dat = newDat;
			st.w = dict.length;
		}
	}
	return dflt(dat, opt.level == null ? 6 : opt.level, opt.mem == null ? st.l ? Math.ceil(Math.max(8, Math.min(13, Math.log(dat.length))) * 1.5) : 20 : 12 + opt.mem, pre, post, st);
};
var b2 = function(d, b) {
	return d[b] | d[b + 1] << 8;
};
var b4 = function(d, b) {
	return (d[b] | d[b + 1] << 8 | d[b + 2] << 16 | d[b + 3] << 24) >>> 0;
};
var b8 = function(d, b) {
	return b4(d, b) + b4(d, b + 4) * 4294967296;
};
var wbytes = function(d, b, v) {
	for (; v; ++b) d[b] = v, v >>>= 8;
};
var gzh = function(c, o) {
	var fn = o.filename;
	c[0] = 31, c[1] = 139, c[2] = 8, c[8] = o.level < 2 ? 4 : o.level == 9 ? 2 : 0, c[9] = 3;
	if (o.mtime != 0) wbytes(c, 4, Math.floor(new Date(o.mtime || Date.now()) / 1e3));
	if (fn) {
		c[3] = 8;
		for (var i = 0; i <= fn.length; ++i) c[i + 10] = fn.charCodeAt(i);
	}
};
var gzhl = function(o) {
	return 10 + (o.filename ? o.filename.length + 1 : 0);
};
function inflateSync(data, opts) {
	return inflt(data, { i: 2 }, opts && opts.out, opts && opts.dictionary);
}
function gzipSync(data, opts) {
	if (!opts) opts = {};
	var c = crc(), l = data.length;
	c.p(data);
	var d = dopt(data, opts, gzhl(opts), 8), s = d.length;
	return gzh(d, opts), wbytes(d, s - 8, c.d()), wbytes(d, s - 4, l), d;
}
var td = typeof TextDecoder != "undefined" && new TextDecoder();
try {
	td.decode(et, { stream: true });
} catch (e) {}
var dutf8 = function(d) {
	for (var r = "", i = 0;;) {
		var c = d[i++];
		var eb = (c > 127) + (c > 223) + (c > 239);
		if (i + eb > d.length) return {
			s: r,
			r: slc(d, i - 1)
		};
		if (!eb) r += String.fromCharCode(c);
		else if (eb == 3) c = ((c & 15) << 18 | (d[i++] & 63) << 12 | (d[i++] & 63) << 6 | d[i++] & 63) - 65536, r += String.fromCharCode(55296 | c >> 10, 56320 | c & 1023);
		else if (eb & 1) r += String.fromCharCode((c & 31) << 6 | d[i++] & 63);
		else r += String.fromCharCode((c & 15) << 12 | (d[i++] & 63) << 6 | d[i++] & 63);
	}
};
function strFromU8(dat, latin1) {
	if (latin1) {
		var r = "";
		for (var i = 0; i < dat.length; i += 16384) r += String.fromCharCode.apply(null, dat.subarray(i, i + 16384));
		return r;
	} else if (td) return td.decode(dat);
	else {
		var _a = dutf8(dat), s = _a.s, r = _a.r;
		if (r.length) err(8);
		return s;
	}
}
var slzh = function(d, b) {
	return b + 30 + b2(d, b + 26) + b2(d, b + 28);
};
var zh = function(d, b, z) {
	var fnl = b2(d, b + 28), efl = b2(d, b + 30), fn = strFromU8(d.subarray(b + 46, b + 46 + fnl), !(b2(d, b + 8) & 2048)), es = b + 46 + fnl;
	var _a = z64hs(d, es, efl, z, b4(d, b + 20), b4(d, b + 24), b4(d, b + 42)), sc = _a[0], su = _a[1], off = _a[2];
	return [
		b2(d, b + 10),
		sc,
		su,
		fn,
		es + efl + b2(d, b + 32),
		off
	];
};
var z64hs = function(d, b, l, z, sc, su, off) {
	var nsc = sc == 4294967295, nsu = su == 4294967295, noff = off == 4294967295, e = b + l;
	var nf = nsc + nsu + noff;
	if (z && nf) {
		for (; b + 4 < e; b += 4 + b2(d, b + 2)) if (b2(d, b) == 1) return [
			nsc ? b8(d, b + 4 + 8 * nsu) : sc,
			nsu ? b8(d, b + 4) : su,
			noff ? b8(d, b + 4 + 8 * (nsu + nsc)) : off,
			1
		];
		if (z < 2) err(13);
	}
	return [
		sc,
		su,
		off,
		0
	];
};
function unzipSync(data, opts) {
	var files = {};
	var e = data.length - 22;
	for (; b4(data, e) != 101010256; --e) if (!e || data.length - e > 65558) err(13);
	var c = b2(data, e + 8);
	if (!c) return {};
	var o = b4(data, e + 16);
	var z = b4(data, e - 20) == 117853008;
	if (z) {
		var ze = b4(data, e - 12);
		z = b4(data, ze) == 101075792;
		if (z) {
			c = b4(data, ze + 32);
			o = b4(data, ze + 48);
		}
	}
	var fltr = opts && opts.filter;
	for (var i = 0; i < c; ++i) {
		var _a = zh(data, o, z), c_2 = _a[0], sc = _a[1], su = _a[2], fn = _a[3], no = _a[4], off = _a[5], b = slzh(data, off);
		o = no;
		if (!fltr || fltr({
			name: fn,
			size: sc,
			originalSize: su,
			compression: c_2
		})) {
			if (!c_2) files[fn] = slc(data, b, b + sc);
			else if (c_2 == 8) files[fn] = inflateSync(data.subarray(b, b + sc), { out: new u8(su) });
			else err(14, "unknown compression type " + c_2);
		}
	}
	return files;
}
// tools/builders/src/append/layer.ts
var import_tar_stream = require_tar_stream();
const fileTime = new Date("1980-01-01T00:00:00Z");
async function packLayer(files) {
	const tar = await packed([...files].sort((a, b) => a.path < b.path ? -1 : 1));
	const bytes = gzipSync(tar, {
		level: 6,
		mtime: fileTime
	});
	return {
		bytes,
		digest: digestOf(bytes),
		diffId: digestOf(tar)
	};
}
async function packed(files) {
	const archive = (0, import_tar_stream.pack)();
	const owner = {
		uid: 0,
		gid: 0,
		uname: "",
		gname: "",
		mtime: fileTime
	};
	for (const folder of foldersOf(files)) archive.entry({
		...owner,
		name: `${folder}/`,
		type: "directory",
		mode: 493
	});
	for (const { path, content, isExecutable } of files) archive.entry({
		...owner,
		name: path,
		mode: isExecutable ? 493 : 420
	}, Buffer.from(content));
	archive.finalize();
	const chunks = [];
	for await (const chunk of archive) chunks.push(chunk);
	return Buffer.concat(chunks);
}
function foldersOf(files) {
	const folders = files.flatMap(({ path }) => {
		const parts = path.split("/").slice(0, -1);
		return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
	});
	return [...new Set(folders)].sort();
}
// tools/builders/src/append/python-version.ts
function releaseOf(version) {
	const [release = ""] = /^\d+(\.\d+)*/.exec(version.trim()) ?? [];
	return release === "" ? [] : release.split(".").map(Number);
}
function compareReleases(left, right) {
	const [a, b] = [releaseOf(left), releaseOf(right)];
	const length = Math.max(a.length, b.length);
	for (let index = 0; index < length; index += 1) {
		const difference = (a[index] ?? 0) - (b[index] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}
function meetsSpecifiers(version, specifiers) {
	return specifiers.split(",").map((each) => each.trim()).filter((each) => each !== "").every((each) => meets(version, each));
}
function meets(version, specifier) {
	const [, operator = "==", wanted = ""] = /^(===|==|!=|~=|>=|<=|>|<)?\s*(.+)$/.exec(specifier) ?? [];
	if (operator === "~=") return compareReleases(version, wanted) >= 0 && hasPrefix(version, releaseOf(wanted).slice(0, -1));
	if (wanted.endsWith(".*")) return hasPrefix(version, releaseOf(wanted)) === (operator !== "!=");
	const order = compareReleases(version, wanted);
	if (operator === ">=") return order >= 0;
	if (operator === "<=") return order <= 0;
	if (operator === ">") return order > 0;
	if (operator === "<") return order < 0;
	return order === 0 === (operator !== "!=");
}
function hasPrefix(version, prefix) {
	const release = releaseOf(version);
	return prefix.every((number, index) => (release[index] ?? 0) === number);
}
// tools/builders/src/append/marker.ts
const tokenPattern = /\s*(?:(?<open>\()|(?<close>\))|'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<operator>===|==|!=|~=|<=|>=|<|>)|(?<word>[A-Za-z_][A-Za-z0-9_.]*))/y;
function holds(marker, environment) {
	const { value, rest } = parseOr(tokensOf(marker), environment, marker);
	if (rest.length > 0) throw unreadable(marker);
	return value;
}
function parseOr(tokens, environment, marker) {
	const left = parseAnd(tokens, environment, marker);
	if (left.rest[0]?.text !== "or" || left.rest[0].kind !== "word") return left;
	const right = parseOr(left.rest.slice(1), environment, marker);
	return {
		value: left.value || right.value,
		rest: right.rest
	};
}
function parseAnd(tokens, environment, marker) {
	const left = parseOne(tokens, environment, marker);
	if (left.rest[0]?.text !== "and" || left.rest[0].kind !== "word") return left;
	const right = parseAnd(left.rest.slice(1), environment, marker);
	return {
		value: left.value && right.value,
		rest: right.rest
	};
}
function parseOne(tokens, environment, marker) {
	if (tokens[0]?.kind === "open") {
		const inner = parseOr(tokens.slice(1), environment, marker);
		if (inner.rest[0]?.kind !== "close") throw unreadable(marker);
		return {
			value: inner.value,
			rest: inner.rest.slice(1)
		};
	}
	const left = operand(tokens[0], environment, marker);
	const negated = tokens[1]?.text === "not";
	const operator = tokens[negated ? 2 : 1]?.text ?? "";
	const right = operand(tokens[negated ? 3 : 2], environment, marker);
	const rest = tokens.slice(negated ? 4 : 3);
	if (operator === "in") return {
		value: right.text.includes(left.text) !== negated,
		rest
	};
	return {
		value: compare(left, operator, right, marker),
		rest
	};
}
function operand(token, environment, marker) {
	if (token?.kind === "text") return {
		text: token.text,
		isVersion: false
	};
	const value = token === void 0 ? void 0 : environment[token.text];
	if (token?.kind !== "word" || value === void 0) throw unreadable(marker);
	return {
		text: value,
		isVersion: token.text.endsWith("_version") && token.text !== "platform_version"
	};
}
function compare(left, operator, right, marker) {
	if (left.isVersion) return meetsSpecifiers(left.text, `${operator}${right.text}`);
	if (right.isVersion) return meetsSpecifiers(right.text, `${mirrored[operator] ?? operator}${left.text}`);
	if (operator === "==" || operator === "===") return left.text === right.text;
	if (operator === "!=") return left.text !== right.text;
	const order = compareReleases(left.text, right.text);
	if (operator === "<") return order < 0;
	if (operator === ">") return order > 0;
	if (operator === "<=") return order <= 0;
	if (operator === ">=") return order >= 0;
	throw unreadable(marker);
}
const mirrored = {
	"<": ">",
	">": "<",
	"<=": ">=",
	">=": "<="
};
function tokensOf(marker) {
	const tokens = [];
	const pattern = new RegExp(tokenPattern);
	const end = marker.trimEnd().length;
	while (pattern.lastIndex < end) {
		const match = pattern.exec(marker);
		if (match?.groups === void 0) throw unreadable(marker);
		tokens.push(tokenOf(match.groups));
	}
	return tokens;
}
function tokenOf(groups) {
	if (groups["open"] !== void 0) return {
		kind: "open",
		text: "("
	};
	if (groups["close"] !== void 0) return {
		kind: "close",
		text: ")"
	};
	if (groups["operator"] !== void 0) return {
		kind: "operator",
		text: groups["operator"]
	};
	if (groups["word"] !== void 0) return {
		kind: "word",
		text: groups["word"]
	};
	return {
		kind: "text",
		text: groups["single"] ?? groups["double"] ?? ""
	};
}
function unreadable(marker) {
	return new StepError(`The dependency marker ${JSON.stringify(marker)} in uv.lock cannot be read`);
}
// tools/builders/src/append/locked-packages.ts
function lockedPackages(lock, target) {
	const wanted = lock["requires-python"];
	if (!meetsSpecifiers(target.version, wanted)) throw new StepError(`uv.lock wants Python ${wanted}, and the base image has ${target.version}`, { hint: "Choose another base image, or lock for its Python." });
	const root = lock.package.find(({ source }) => source.editable === "." || source.virtual === ".");
	if (root === void 0) throw new StepError("uv.lock does not name the application itself (a package with source \".\")");
	const found = new Map();
	visit(root.dependencies, lock, markerEnvironment(target), found, new Set());
	return [...found.values()].sort((a, b) => a.name < b.name ? -1 : 1);
}
function visit(dependencies, lock, environment, found, seen) {
	for (const dependency of dependencies) {
		if (dependency.marker !== void 0 && !holds(dependency.marker, environment)) continue;
		const locked = findPackage(lock, dependency);
		found.set(locked.name, locked);
		const extras = dependency.extra.flatMap((extra) => locked["optional-dependencies"][extra] ?? []);
		const key = `${locked.name} ${dependency.extra.join()}`;
		if (seen.has(key)) continue;
		seen.add(key);
		visit([...locked.dependencies, ...extras], lock, environment, found, seen);
	}
}
function findPackage(lock, dependency) {
	const named = lock.package.filter(({ name }) => name === dependency.name);
	const locked = dependency.version === void 0 ? named[0] : named.find(({ version }) => version === dependency.version);
	if (locked === void 0) throw new StepError(`uv.lock needs ${dependency.name} ${dependency.version ?? ""} and does not hold it`, { hint: "Run \"uv lock\" and commit the result." });
	return locked;
}
// tools/builders/src/append/uv-lock.ts
const Wheel = object({
	url: string().optional(),
	path: string().optional(),
	filename: string().optional(),
	hash: string().optional()
});
const Dependency = object({
	name: string(),
	version: string().optional(),
	marker: string().optional(),
	extra: array(string()).default([])
});
const Source = object({
	registry: string().optional(),
	editable: string().optional(),
	virtual: string().optional(),
	directory: string().optional(),
	git: string().optional(),
	url: string().optional(),
	path: string().optional()
});
const Package = object({
	name: string(),
	version: string().optional(),
	source: Source,
	dependencies: array(Dependency).default([]),
	"optional-dependencies": record(string(), array(Dependency)).default({}),
	wheels: array(Wheel).default([])
});
const Lock = object({
	version: literal$1(1),
	"requires-python": string().default(""),
	package: array(Package).default([])
});
function parseUvLock(text, path = "uv.lock") {
	const lock = Lock.safeParse(parsedToml(text, path));
	if (lock.success) return lock.data;
	const [issue] = lock.error.issues;
	throw new StepError(`${path} cannot be used: ${issue?.path.join(".")}: ${issue?.message}`, { hint: "Only format version 1 of uv lock files is understood." });
}
function parsedToml(text, path) {
	try {
		return parse(text);
	} catch (cause) {
		throw new StepError(`${path} is not valid TOML: ${cause instanceof Error ? cause.message.split("\n")[0] : ""}`, { cause });
	}
}
// tools/builders/src/append/project.ts
const Project = object({ project: object({
	name: string(),
	version: string().optional(),
	scripts: record(string(), string()).default({})
}) });
async function readPythonProject(folder) {
	const [project, lock] = await Promise.all(["pyproject.toml", "uv.lock"].map((name) => textOf(join(folder, name))));
	if (project === void 0) throw new InputError("The source has no pyproject.toml; the append builder builds Python projects");
	if (lock === void 0) throw new InputError("The source has no uv.lock; images are built from what was locked", [], { hint: "Run \"uv lock\" and commit uv.lock." });
	const parsed = Project.safeParse(parsedToml(project, "pyproject.toml"));
	if (!parsed.success) throw new InputError(`pyproject.toml cannot be used: ${parsed.error.issues[0]?.message}`);
	const { name, scripts } = parsed.data.project;
	return {
		name,
		scripts,
		lock
	};
}
async function textOf(path) {
	return readFile(path, "utf8").catch(() => void 0);
}
// tools/builders/src/append/publish.ts
function bytesOf(value) {
	return new TextEncoder().encode(JSON.stringify(value));
}
async function publishImage(registry, image, parts) {
	const { base, config, layers, annotations } = parts;
	const own = layers.map(({ bytes, digest }) => ({
		mediaType: mediaTypes.ociLayerGzip,
		digest,
		size: bytes.byteLength
	}));
	const manifest = bytesOf({
		schemaVersion: 2,
		mediaType: mediaTypes.ociManifest,
		config: {
			mediaType: config.mediaType,
			digest: digestOf(config.bytes),
			size: config.bytes.byteLength
		},
		layers: [...base.layers.map(ociLayer), ...own],
		annotations
	});
	const digest = digestOf(manifest);
	const there = await registry.resolve({
		...image,
		digest
	});
	if (there !== void 0) return {
		descriptor: {
			mediaType: there.mediaType,
			digest,
			size: manifest.byteLength
		},
		changed: false
	};
	for (const layer of base.layers) await copyLayer(registry, image, base.reference, layer);
	for (const { bytes } of layers) await registry.uploadBlob(image, { bytes });
	await registry.uploadBlob(image, { bytes: config.bytes });
	return {
		descriptor: await registry.putManifest(image, {
			bytes: manifest,
			mediaType: mediaTypes.ociManifest
		}),
		changed: true
	};
}
async function publishIndex(registry, request, manifests) {
	const [only] = manifests;
	if (only === void 0) throw new StepError("No platform was asked for");
	const digest = manifests.length === 1 ? only.descriptor.digest : await putIndex(registry, request.image, manifests);
	const tagged = [];
	for (const tag of request.tags) tagged.push(await registry.retag(request.image, digest, tag));
	return {
		digest,
		changed: tagged.some(({ changed }) => changed)
	};
}
async function putIndex(registry, image, manifests) {
	const bytes = bytesOf({
		schemaVersion: 2,
		mediaType: mediaTypes.ociIndex,
		manifests: manifests.map(({ platform, descriptor }) => ({
			...descriptor,
			platform
		}))
	});
	const { digest } = await registry.putManifest(image, {
		bytes,
		mediaType: mediaTypes.ociIndex
	});
	return digest;
}
async function copyLayer(registry, image, from, layer) {
	if (await registry.hasBlob(image, layer.digest)) return;
	if (await registry.mountBlob(image, layer.digest, {
		registry: from.registry,
		path: from.path
	})) return;
	await registry.uploadBlob(image, streamed(registry, from, layer));
}
function streamed(registry, from, layer) {
	async function* open() {
		const blob = await registry.openBlob(from, layer.digest);
		if (blob === void 0) throw new StepError(`A layer of the base image is gone: ${formatReference({
			...from,
			digest: layer.digest
		})}`);
		yield* blob.content;
	}
	return {
		digest: layer.digest,
		size: layer.size,
		open
	};
}
function ociLayer(layer) {
	const isDockerGzip = layer.mediaType === "application/vnd.docker.image.rootfs.diff.tar.gzip";
	return {
		...layer,
		mediaType: isDockerGzip ? mediaTypes.ociLayerGzip : layer.mediaType
	};
}
// tools/builders/src/append/source-files.ts
const leftOut = new Set([
	".git",
	".venv",
	"venv",
	"__pycache__",
	".pytest_cache",
	".ruff_cache",
	".mypy_cache",
	"node_modules"
]);
async function sourceFiles(folder) {
	const paths = (await readdir(folder, {
		recursive: true,
		withFileTypes: true
	})).filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/")).filter((path) => !path.split("/").some((part) => leftOut.has(part)));
	return Promise.all(paths.map(async (path) => ({
		path: `${places.source}/${path}`,
		content: await readFile(join(folder, path)),
		isExecutable: ((await lstat(join(folder, path))).mode & 64) !== 0
	})));
}
// tools/builders/src/append/start-script.ts
const reference = /^(?<module>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*):(?<object>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\s*\[.*\])?$/;
function startScript(entryPoint, where) {
	const { module, object } = reference.exec(entryPoint.trim())?.groups ?? {};
	if (module === void 0 || object === void 0) throw new StepError(`The script ${where} names ${JSON.stringify(entryPoint)}; expected package.module:function`);
	const [imported = object] = object.split(".");
	const lines = [
		"#!/usr/bin/env python3",
		"import site, sys",
		`site.addsitedir("/${places.packages}")`,
		`from ${module} import ${imported}`,
		`sys.exit(${object}())`
	];
	return Buffer.from(`${lines.join("\n")}\n`);
}
const preferred = [
	"app",
	"start",
	"main",
	"run"
];
function startCommand(scripts) {
	const name = preferred.find((each) => each in scripts) ?? Object.keys(scripts)[0];
	if (name !== void 0) return name;
	throw new InputError("pyproject.toml has no [project.scripts], so nothing says how the application starts", [], { hint: "Add one, for example: app = \"my_package.main:start\"" });
}
// tools/builders/src/append/unpack-wheel.ts
function unpackWheel(bytes, wheel) {
	const entries = Object.entries(unzipped(bytes, wheel)).filter(([path]) => !path.endsWith("/"));
	const files = entries.flatMap(([path, content]) => {
		const placed = placeOf(checkedPath(path, wheel), wheel);
		return placed === void 0 ? [] : [imageFile(placed, content)];
	});
	const entryPoints = entries.find(([path]) => /^[^/]+\.dist-info\/entry_points\.txt$/.test(path))?.[1];
	const programs = consoleScripts(entryPoints === void 0 ? "" : new TextDecoder().decode(entryPoints));
	return [...files, ...programs.map(([name, entryPoint]) => ({
		path: `${places.programs}/${name}`,
		content: startScript(entryPoint, `${name} of ${wheel.file}`),
		isExecutable: true
	}))];
}
function unzipped(bytes, wheel) {
	try {
		return unzipSync(bytes);
	} catch (cause) {
		throw new StepError(`${wheel.file} is not a zip archive: ${messageOf(cause)}`, { cause });
	}
}
function checkedPath(path, wheel) {
	if (path.startsWith("/") || path.includes("\\") || path.split("/").some((part) => part === ".." || part === "")) throw new StepError(`${wheel.file} holds the path ${JSON.stringify(path)}, which leaves its folder`);
	return path;
}
function placeOf(path, wheel) {
	const { scheme, rest } = /^[^/]+\.data\/(?<scheme>[^/]+)\/(?<rest>.+)$/.exec(path)?.groups ?? {};
	if (scheme === void 0 || rest === void 0) return `${places.packages}/${path}`;
	if (scheme === "purelib" || scheme === "platlib") return `${places.packages}/${rest}`;
	if (scheme === "scripts") return `${places.programs}/${rest}`;
	if (scheme === "data") return `${places.home}/${rest}`;
	if (scheme === "headers") return void 0;
	throw new StepError(`${wheel.file} holds data of an unknown kind, ${scheme}`);
}
function imageFile(path, content) {
	if (!path.startsWith(`${places.programs}/`)) return {
		path,
		content,
		isExecutable: false
	};
	return {
		path,
		content: withInterpreter(content),
		isExecutable: true
	};
}
function withInterpreter(content) {
	const text = Buffer.from(content).toString("latin1");
	return /^#!pythonw?(?=\s)/.test(text) ? Buffer.from(text.replace(/^#!pythonw?/, "#!/usr/bin/env python3"), "latin1") : content;
}
function consoleScripts(text) {
	const lines = text.split(/\r?\n/).map((line) => line.trim());
	const start = lines.indexOf("[console_scripts]");
	if (start === -1) return [];
	const end = lines.findIndex((line, index) => index > start && line.startsWith("["));
	return lines.slice(start + 1, end === -1 ? void 0 : end).map((line) => line.split(/\s*=\s*(.*)/s)).filter((parts) => /^[\w.-]+$/.test(parts[0] ?? "") && parts.length > 1).map(([name, entryPoint]) => [name, entryPoint]);
}
// tools/builders/src/append/append-builder.ts
function createAppendBuilder(options) {
	return {
		name: "append",
		build: (request) => build$2(request, options)
	};
}
async function build$2(request, options) {
	const checkedOut = await request.source.checkout();
	const project = await readPythonProject(checkedOut.folder);
	const manifests = [];
	for (const platform of request.platforms) {
		const published = await buildFor(platform, request, checkedOut, project, options);
		manifests.push({
			platform,
			...published
		});
	}
	const published = await publishIndex(options.registry, request, manifests);
	return {
		digest: published.digest,
		changed: published.changed || manifests.some((each) => each.changed)
	};
}
async function buildFor(platform, request, checkedOut, project, options) {
	const base = await readBaseImage(options.registry, options.base, platform);
	const target = {
		version: base.pythonVersion,
		platform,
		libc: options.libc
	};
	const dependencies = await dependencyFiles(project, target, checkedOut.folder, options);
	const command = startCommand(project.scripts);
	const layers = [...dependencies.length === 0 ? [] : [{
		layer: await packLayer(dependencies),
		createdBy: "luban: locked dependencies"
	}], {
		layer: await packLayer(await applicationFiles(project, checkedOut.folder)),
		createdBy: "luban: source"
	}];
	const labels = provenance(request.source, checkedOut, base);
	const config = bytesOf(imageConfig(base, platform, layers, labels, command));
	options.log.info(`${platform.os}/${platform.architecture}: ${dependencies.length} dependency files on Python ${target.version}, starts with ${command}`);
	return publishImage(options.registry, request.image, {
		base,
		config: {
			bytes: config,
			mediaType: mediaTypes.ociConfig
		},
		layers: layers.map(({ layer }) => layer),
		annotations: labels
	});
}
async function dependencyFiles(project, target, folder, options) {
	const wheels = lockedPackages(parseUvLock(project.lock), target).map((locked) => chooseWheel(locked, target));
	const files = [];
	for (const wheel of wheels) {
		options.log.info(`${wheel.package} ${wheel.version}: ${wheel.file}`);
		files.push(...unpackWheel(await fetchWheel(wheel, {
			folder,
			fetch: options.fetch,
			signal: options.signal
		}), wheel));
	}
	return files;
}
async function applicationFiles(project, folder) {
	return [...Object.entries(project.scripts).map(([name, entryPoint]) => ({
		path: `${places.programs}/${name}`,
		content: startScript(entryPoint, `${name} of pyproject.toml`),
		isExecutable: true
	})), ...await sourceFiles(folder)];
}
// tools/builders/src/cnb/build-pod.ts
const buildLabel = "luban-ci.io/cnb-build";
const requestAnnotation = "luban-ci.io/request";
const containers = [
	"checkout",
	"without-history",
	"creator"
];
const source = "/workspace/source";
function podName({ app, requestId }) {
	const digest = createHash("sha256").update(requestId).digest("hex").slice(0, 10);
	return `${app.slice(0, 40).replace(/-+$/, "")}-cnb-${digest}`;
}
function buildPod(build) {
	const environment = Object.entries(build.environment).map(([name, value]) => [`${environmentPrefix}${name}`, value]);
	return {
		apiVersion: "v1",
		kind: "Pod",
		metadata: {
			name: podName(build),
			namespace: build.namespace,
			labels: {
				app: build.app,
				[buildLabel]: build.app,
				"app.kubernetes.io/managed-by": "luban-ci"
			},
			annotations: {
				[requestAnnotation]: build.requestId,
				...Object.fromEntries(environment)
			}
		},
		spec: {
			restartPolicy: "Never",
			automountServiceAccountToken: false,
			activeDeadlineSeconds: build.deadlineSeconds,
			imagePullSecrets: [{ name: build.registrySecret }],
			securityContext: {
				runAsNonRoot: true,
				runAsUser: 1e3,
				runAsGroup: 1e3,
				fsGroup: 1e3,
				seccompProfile: { type: "RuntimeDefault" }
			},
			initContainers: [checkout(build), withoutHistory(build)],
			containers: [creator(build)],
			volumes: volumes(build)
		}
	};
}
const environmentPrefix = "luban-ci.io/build-env.";
const restricted = {
	allowPrivilegeEscalation: false,
	readOnlyRootFilesystem: true,
	capabilities: { drop: ["ALL"] }
};
const workspace = {
	name: "workspace",
	mountPath: "/workspace"
};
const temporary = {
	name: "tmp",
	mountPath: "/tmp"
};
function checkout({ sourceImage, repoUrl, revision, gitSecret }) {
	return {
		name: "checkout",
		image: sourceImage,
		command: ["luban", "checkout"],
		args: [
			`--repo-url=${repoUrl}`,
			`--ref=${revision}`,
			"--path=source"
		].map(literal),
		workingDir: "/workspace",
		env: [...Object.entries({
			HOME: "/tmp",
			TMPDIR: "/tmp",
			LUBAN_CONFIG_PATH: "/etc/luban/config"
		}).map(([name, value]) => ({
			name,
			value
		})), ...Object.entries(gitKeys).map(([name, key]) => ({
			name,
			valueFrom: { secretKeyRef: {
				name: gitSecret,
				key,
				optional: true
			} }
		}))],
		resources: {
			requests: {
				cpu: "50m",
				memory: "128Mi"
			},
			limits: { memory: "512Mi" }
		},
		securityContext: restricted,
		volumeMounts: [
			workspace,
			temporary,
			{
				name: "luban-config",
				mountPath: "/etc/luban/config",
				readOnly: true
			}
		],
		terminationMessagePolicy: "FallbackToLogsOnError"
	};
}
const gitKeys = {
	LUBAN_GIT_USERNAME: "username",
	LUBAN_GIT_TOKEN: "token",
	LUBAN_GIT_SSH_KEY: "ssh-privatekey",
	LUBAN_GIT_KNOWN_HOSTS: "known_hosts",
	LUBAN_GITHUB_APP_ID: "app_id",
	LUBAN_GITHUB_APP_INSTALLATION_ID: "app_installation_id",
	LUBAN_GITHUB_APP_PRIVATE_KEY: "app_private_key"
};
function withoutHistory({ sourceImage }) {
	return {
		name: "without-history",
		image: sourceImage,
		command: [
			"rm",
			"-rf",
			`${source}/.git`
		],
		resources: {
			requests: {
				cpu: "10m",
				memory: "16Mi"
			},
			limits: { memory: "64Mi" }
		},
		securityContext: restricted,
		volumeMounts: [workspace]
	};
}
function creator(build) {
	const { repository, bindings } = build;
	const [tag, ...others] = build.tags;
	const app = build.subPath === "." ? source : `${source}/${build.subPath}`;
	const report = "/dev/termination-log";
	const mounts = {
		layers: "/layers",
		home: "/home/cnb",
		environment: "/platform/env",
		registry: registryFolder
	};
	const bound = bindings.map((name) => ({
		name,
		mountPath: `/platform/bindings/${name}`,
		readOnly: true
	}));
	return {
		name: "creator",
		image: build.builderImage,
		command: ["/cnb/lifecycle/creator"],
		args: [
			...[
				`-app=${app}`,
				"-layers=/layers",
				"-platform=/platform",
				`-report=${report}`,
				"-no-color"
			],
			...[`-previous-image=${repository}:latest`, `-cache-image=${repository}:cnb-cache`],
			...[...others, "latest"].map((each) => `-tag=${repository}:${each}`),
			`${repository}:${tag}`
		].map(literal),
		env: [
			{
				name: "CNB_PLATFORM_API",
				value: "0.14"
			},
			{
				name: "DOCKER_CONFIG",
				value: registryFolder
			},
			{
				name: "HOME",
				value: "/home/cnb"
			},
			...bound.length === 0 ? [] : [{
				name: "SSL_CERT_DIR",
				value: bound.map((each) => each.mountPath).join(":")
			}]
		],
		resources: {
			requests: {
				cpu: "250m",
				memory: "512Mi"
			},
			limits: { memory: "2Gi" }
		},
		securityContext: restricted,
		volumeMounts: [
			workspace,
			temporary,
			...Object.entries(mounts).map(([name, mountPath]) => ({
				name,
				mountPath
			})),
			...bound
		],
		terminationMessagePath: report,
		terminationMessagePolicy: "FallbackToLogsOnError"
	};
}
function literal(argument) {
	return argument.replaceAll("$", "$$$$");
}
const registryFolder = "/etc/luban/registry";
function volumes({ registrySecret, environment, bindings }) {
	const items = [{
		key: ".dockerconfigjson",
		path: "config.json"
	}];
	const variables = Object.keys(environment).map((name) => ({
		path: name,
		fieldRef: { fieldPath: `metadata.annotations['${environmentPrefix}${name}']` }
	}));
	return [
		...[
			"workspace",
			"layers",
			"tmp",
			"home"
		].map((name) => ({
			name,
			emptyDir: {}
		})),
		{
			name: "luban-config",
			configMap: {
				name: "luban-config",
				optional: true
			}
		},
		{
			name: "registry",
			secret: {
				secretName: registrySecret,
				optional: true,
				items
			}
		},
		{
			name: "environment",
			downwardAPI: { items: variables }
		},
		...bindings.map((name) => ({
			name,
			secret: { secretName: name }
		}))
	];
}
// tools/builders/src/cnb/pod-state.ts
const Ended = looseObject({
	exitCode: number(),
	reason: string().optional(),
	message: string().optional()
});
const Waiting = looseObject({
	reason: string().optional(),
	message: string().optional()
});
const Container = looseObject({
	name: string(),
	state: looseObject({
		waiting: Waiting.optional(),
		terminated: Ended.optional()
	}).default({})
});
const BuildPod = KubeObject.extend({ status: looseObject({
	phase: string().default("Pending"),
	reason: string().optional(),
	message: string().optional(),
	initContainerStatuses: array(Container).default([]),
	containerStatuses: array(Container).default([])
}).default({
	phase: "Pending",
	initContainerStatuses: [],
	containerStatuses: []
}) });
const neverStarts = [
	"InvalidImageName",
	"CreateContainerConfigError",
	"CreateContainerError",
	"RunContainerError"
];
const killed = [137, 143];
function stateOf$1({ status }) {
	const all = [...status.initContainerStatuses, ...status.containerStatuses];
	if (status.phase === "Succeeded") {
		const said = all.find(({ name }) => name === "creator")?.state.terminated?.message;
		return {
			phase: "succeeded",
			digest: digestIn(said ?? "")
		};
	}
	const blocked = all.find(({ state }) => neverStarts.includes(state.waiting?.reason ?? ""));
	if (blocked !== void 0) {
		const { reason = "", message = "" } = blocked.state.waiting ?? {};
		const why = [reason, message].filter(Boolean).join(": ");
		return {
			phase: "failed",
			failure: {
				kind: "cannot-start",
				container: blocked.name,
				reason: why
			}
		};
	}
	if (status.phase === "Failed") return {
		phase: "failed",
		failure: failureOf(status, all)
	};
	const waiting = all.find(({ state }) => state.waiting?.reason?.startsWith("ErrImage") || state.waiting?.reason?.endsWith("BackOff"));
	return {
		phase: "running",
		waitsFor: waiting?.state.waiting?.message ?? waiting?.state.waiting?.reason
	};
}
function failureOf({ reason, message }, containers) {
	if (reason === "DeadlineExceeded") return { kind: "out-of-time" };
	const failed = containers.find(({ state }) => (state.terminated?.exitCode ?? 0) !== 0);
	const ended = failed?.state.terminated;
	if (failed === void 0 || ended === void 0 || reason !== void 0) return {
		kind: "lost",
		reason: [reason, message].filter(Boolean).join(": ") || "no container of it says why"
	};
	if (ended.reason === "OOMKilled") return {
		kind: "out-of-memory",
		container: failed.name
	};
	if (killed.includes(ended.exitCode)) return {
		kind: "lost",
		reason: `${failed.name} was ended from outside`
	};
	const said = ended.message?.trim() ?? "";
	return {
		kind: "ended",
		container: failed.name,
		exitCode: ended.exitCode,
		said
	};
}
const Report = looseObject({ image: looseObject({ digest: string() }) });
function digestIn(report) {
	try {
		return Report.safeParse(parse(report)).data?.image.digest;
	} catch {
		return;
	}
}
// tools/builders/src/cnb/ensure-pod.ts
const goneSeconds = 60;
async function ensurePod(build, ensuring) {
	const { kube, clock, signal } = ensuring;
	const { namespace } = build;
	const name = podName(build);
	const labelSelector = `${buildLabel}=${build.app}`;
	const pods = await kube.list({
		apiVersion: "v1",
		kind: "Pod",
		namespace,
		labelSelector
	});
	for (const pod of pods) {
		const { phase } = BuildPod.parse(pod).status;
		if (phase === "Failed" || phase === "Succeeded" && pod.metadata.name !== name) await kube.delete(pod);
	}
	const deadline = clock.now().getTime() + goneSeconds * 1e3;
	for (;;) {
		if (await kube.create(buildPod(build)) !== void 0) return {
			namespace,
			name
		};
		const found = await kube.read({
			apiVersion: "v1",
			kind: "Pod",
			namespace,
			name
		});
		if (found !== void 0 && found.metadata.deletionTimestamp === void 0 && BuildPod.parse(found).status.phase !== "Failed") return {
			namespace,
			name
		};
		if (clock.now().getTime() >= deadline) throw new RetryableError(`The ended Pod ${namespace}/${name} is not gone after ${goneSeconds} s`);
		await clock.sleep(1e3, signal);
	}
}
// tools/builders/src/follow-pod.ts
async function followPod(pod, containers, { kube, clock, log, signal }) {
	for (const container of containers) {
		const phase = log.group(container);
		const isTold = await untilStarted(() => kube.followLog({
			...pod,
			container
		}, phase.info), clock, signal);
		if (!isTold.done) phase.debug(`no log: ${isTold.reason}`);
	}
}
async function untilStarted(follow, clock, signal) {
	for (;;) try {
		await follow();
		return { done: true };
	} catch (error) {
		if (signal.aborted) return {
			done: false,
			reason: messageOf(error)
		};
		await clock.sleep(2e3, signal).catch(() => {});
	}
}
// tools/builders/src/cnb/build-failure.ts
const said = {
	20: "no buildpack of the builder is for this source",
	21: "no buildpack of the builder is for this source, and one of them failed",
	22: "detecting failed",
	51: "a buildpack failed",
	52: "building failed"
};
const misused = [
	3,
	11,
	12
];
const tryAgain = 75;
async function failureOfBuild(failure, build, askRegistry) {
	const hint = `Look at it: kubectl -n ${build.namespace} describe pod ${podName(build)}`;
	const begin = `The lifecycle could not build ${build.revision}`;
	if (failure.kind === "out-of-time") return new RetryableError(`The lifecycle did not build ${build.revision} within ${build.deadlineSeconds} s`, { hint });
	if (failure.kind === "lost") return new RetryableError(`The pod of the build was lost: ${failure.reason}`, { hint });
	if (failure.kind === "cannot-start") return new StepError(`${begin}: ${failure.container} cannot start: ${failure.reason}`, { hint });
	if (failure.kind === "out-of-memory") return new StepError(`${begin}: ${failure.container} took more memory than it may`, { hint });
	const { container, exitCode } = failure;
	if (container !== "creator") return checkoutFailure(failure, build);
	const known = said[exitCode];
	if (known !== void 0) return new StepError(`${begin}: ${known}`, { hint: lastLineOf(failure.said) });
	if (misused.includes(exitCode)) return new StepError(`${begin}: the builder image does not fit (exit code ${exitCode})`, { hint: lastLineOf(failure.said) });
	const refusal = await askRegistry().then(() => void 0, (error) => error);
	if (refusal instanceof Error) return refusal;
	return new RetryableError(`${begin}: reading or writing images failed (exit code ${exitCode})`, { hint: lastLineOf(failure.said) });
}
function checkoutFailure({ exitCode, said: words }, build) {
	const message = `${build.repoUrl} could not be fetched for the build (exit code ${exitCode})`;
	const hint = lastLineOf(words);
	return exitCode === tryAgain ? new RetryableError(message, { hint }) : new StepError(message, { hint });
}
function lastLineOf(text) {
	return text.trim().split("\n").at(-1)?.trim() || void 0;
}
// tools/builders/src/cnb/wait-for-pod.ts
const pollSeconds$1 = 1;
const lastLinesSeconds$1 = 5;
async function waitForPod(build, waiting) {
	const { kube, clock, signal, log } = waiting;
	const pod = {
		namespace: build.namespace,
		name: podName(build)
	};
	const deadline = clock.now().getTime() + waiting.deadlineSeconds * 1e3;
	const ended = new AbortController();
	const following = followPod(pod, containers, {
		...waiting,
		signal: AbortSignal.any([signal, ended.signal])
	});
	const told = { waitsFor: "" };
	try {
		while (clock.now().getTime() < deadline) {
			const found = await kube.read({
				apiVersion: "v1",
				kind: "Pod",
				...pod
			});
			if (found === void 0) throw new RetryableError(`The pod of the build, ${pod.name}, was deleted while it ran`);
			const state = stateOf$1(BuildPod.parse(found));
			if (state.phase !== "running") await Promise.race([following, clock.sleep(lastLinesSeconds$1 * 1e3, signal)]);
			if (state.phase === "succeeded") {
				const digest = state.digest ?? await digestOfTag(build, waiting);
				await kube.delete(found);
				return digest;
			}
			if (state.phase === "failed") throw await failureOfBuild(state.failure, build, () => askRegistry(build, waiting));
			if (state.waitsFor !== void 0 && state.waitsFor !== told.waitsFor) log.warn(state.waitsFor);
			told.waitsFor = state.waitsFor ?? "";
			await clock.sleep(pollSeconds$1 * 1e3, signal);
		}
		throw await failureOfBuild({ kind: "out-of-time" }, build, async () => {});
	} finally {
		ended.abort();
	}
}
function askRegistry(build, { registry, image }) {
	return registry.resolve({
		...image,
		tag: build.tags[0]
	});
}
async function digestOfTag(build, waiting) {
	const found = await askRegistry(build, waiting);
	if (found !== void 0) return found.digest;
	throw new StepError(`The lifecycle succeeded, but ${build.repository}:${build.tags[0]} is not in the registry`);
}
// tools/builders/src/cnb/cnb-builder.ts
function createCnbBuilder(options) {
	return {
		name: "cnb",
		build: (request) => build$1(request, options)
	};
}
async function build$1(request, options) {
	const { source } = request;
	const [tag = "latest", ...others] = request.tags;
	const wanted = {
		namespace: options.namespace,
		app: options.app,
		repository: `${request.image.registry}/${request.image.path}`,
		tags: [tag, ...others],
		repoUrl: source.repoUrl,
		revision: source.revision,
		subPath: source.subPath,
		requestId: request.requestId,
		builderImage: options.builderImage,
		sourceImage: options.sourceImage,
		gitSecret: options.gitSecret,
		registrySecret: options.registrySecret,
		environment: {
			...options.environment,
			BP_OCI_SOURCE: source.repoUrl,
			BP_OCI_REVISION: source.revision
		},
		bindings: await existing$1(options),
		deadlineSeconds: options.deadlineSeconds
	};
	const pod = await ensurePod(wanted, options);
	options.log.info(`the lifecycle builds ${wanted.repository} in Pod ${pod.namespace}/${pod.name}`);
	return {
		digest: await waitForPod(wanted, {
			...options,
			image: request.image
		}),
		changed: true
	};
}
async function existing$1({ kube, namespace, optionalBindings }) {
	const secrets = await Promise.all(optionalBindings.map((name) => kube.read({
		apiVersion: "v1",
		kind: "Secret",
		namespace,
		name
	})));
	return optionalBindings.filter((_, index) => secrets[index] !== void 0);
}
// tools/builders/src/kpack/image-object.ts
const requestVariable = "LUBAN_REQUEST_ID";
function imageObject(image) {
	const environment = {
		...image.environment,
		[requestVariable]: image.requestId
	};
	return {
		apiVersion: "kpack.io/v1alpha2",
		kind: "Image",
		metadata: {
			name: image.name,
			namespace: image.namespace,
			labels: { app: image.name }
		},
		spec: {
			tag: `${image.repository}:latest`,
			additionalTags: image.tags.map((tag) => `${image.repository}:${tag}`),
			serviceAccountName: image.serviceAccount,
			builder: {
				kind: "ClusterBuilder",
				name: image.builder
			},
			source: {
				git: {
					url: image.repoUrl,
					revision: image.revision
				},
				...image.subPath === "." ? {} : { subPath: image.subPath }
			},
			build: {
				env: Object.entries(environment).map(([name, value]) => ({
					name,
					value
				})),
				...image.bindings.length === 0 ? {} : { services: image.bindings.map((name) => ({
					apiVersion: "v1",
					kind: "Secret",
					name
				})) }
			}
		}
	};
}
// tools/builders/src/kpack/build-object.ts
const Variables = array(object({
	name: string(),
	value: string().optional()
})).default([]);
const Condition = object({
	type: string(),
	status: _enum([
		"True",
		"False",
		"Unknown"
	]),
	reason: string().optional(),
	message: string().optional()
});
const KpackBuild = KubeObject.extend({
	spec: looseObject({ env: Variables }),
	status: looseObject({
		conditions: array(Condition).default([]),
		latestImage: string().optional(),
		podName: string().optional(),
		stepsCompleted: array(string()).default([])
	}).optional()
});
const Image = KubeObject.extend({ spec: looseObject({ build: looseObject({ env: Variables }).optional() }) });
function requestOf(build) {
	return build.spec.env.find(({ name }) => name === requestVariable)?.value;
}
function requestOfImage(object) {
	return Image.safeParse(object).data?.spec.build?.env.find(({ name }) => name === requestVariable)?.value;
}
function stateOf(build) {
	const condition = build.status?.conditions.find(({ type }) => type === "Succeeded");
	if (condition === void 0 || condition.status === "Unknown") return { phase: "running" };
	if (condition.status === "False") return {
		phase: "failed",
		reason: condition.message || condition.reason || "kpack gives no reason"
	};
	const digest = build.status?.latestImage?.split("@")[1];
	if (digest !== void 0) return {
		phase: "succeeded",
		digest
	};
	throw new StepError(`kpack's Build ${build.metadata.name} succeeded without saying which image it made`);
}
// tools/builders/src/kpack/wait-for-build.ts
const phases = [
	"prepare",
	"analyze",
	"detect",
	"restore",
	"build",
	"export",
	"completion"
];
const pollSeconds = 2;
const lastLinesSeconds = 5;
async function waitForBuild(image, waiting) {
	const { clock, signal, log } = waiting;
	const deadline = clock.now().getTime() + waiting.deadlineSeconds * 1e3;
	const ended = new AbortController();
	const told = {
		build: "",
		following: Promise.resolve()
	};
	try {
		while (clock.now().getTime() < deadline) {
			const build = await findBuild(image, waiting.kube);
			const name = build?.metadata.name ?? "";
			if (build?.status?.podName !== void 0 && told.build !== name) {
				told.build = name;
				log.info(`kpack builds ${image.revision} as ${name}`);
				told.following = followBuild(build, {
					...waiting,
					signal: AbortSignal.any([signal, ended.signal])
				});
			}
			const state = build === void 0 ? await stillOurs(image, waiting.kube) : stateOf(build);
			if (state.phase !== "running") await Promise.race([told.following, clock.sleep(lastLinesSeconds * 1e3, signal)]);
			if (state.phase === "succeeded") return state.digest;
			if (state.phase === "failed") throw new StepError(`kpack could not build ${image.revision}: ${state.reason}`);
			await clock.sleep(pollSeconds * 1e3, signal);
		}
		throw outOfTime(image, told.build, waiting.deadlineSeconds);
	} finally {
		ended.abort();
	}
}
async function findBuild(image, kube) {
	const { namespace, name } = image;
	const labelSelector = `image.kpack.io/image=${name}`;
	return (await kube.list({
		apiVersion: "kpack.io/v1alpha2",
		kind: "Build",
		namespace,
		labelSelector
	})).map((each) => KpackBuild.parse(each)).find((build) => requestOf(build) === image.requestId);
}
async function stillOurs(image, kube) {
	const { name, namespace } = image;
	const object = await kube.read({
		apiVersion: "kpack.io/v1alpha2",
		kind: "Image",
		name,
		namespace
	});
	const current = object === void 0 ? void 0 : requestOfImage(object);
	if (current === image.requestId) return { phase: "running" };
	throw new StepError(`The build of ${image.revision} was superseded before it began`, { hint: current === void 0 ? "The kpack Image was deleted." : `Request ${current} replaced it; its pipeline deploys the newer commit.` });
}
function outOfTime(image, build, seconds) {
	const what = build === "" ? `kpack did not begin to build ${image.revision}` : `kpack's ${build} did not end`;
	return new RetryableError(`${what} within ${seconds} s`, { hint: `Look at it: kubectl -n ${image.namespace} describe image.kpack.io ${image.name}` });
}
async function followBuild(build, following) {
	const { podName: name } = build.status ?? {};
	const { namespace } = build.metadata;
	if (name !== void 0 && namespace !== void 0) await followPod({
		namespace,
		name
	}, phases, following);
}
// tools/builders/src/kpack/kpack-builder.ts
function createKpackBuilder(options) {
	return {
		name: "kpack",
		build: (request) => build(request, options)
	};
}
async function build(request, options) {
	const image = {
		name: options.name,
		namespace: options.namespace,
		repository: `${request.image.registry}/${request.image.path}`,
		tags: request.tags,
		repoUrl: request.source.repoUrl,
		revision: request.source.revision,
		subPath: request.source.subPath,
		builder: options.builder,
		serviceAccount: options.serviceAccount,
		requestId: request.requestId,
		environment: {
			...options.environment,
			BP_OCI_SOURCE: request.source.repoUrl,
			BP_OCI_REVISION: request.source.revision
		},
		bindings: await existing(options)
	};
	await options.kube.apply(imageObject(image));
	options.log.info(`asked kpack for ${image.repository} as Image ${image.namespace}/${image.name}`);
	return {
		digest: await waitForBuild(image, options),
		changed: true
	};
}
async function existing({ kube, namespace, optionalBindings }) {
	const secrets = await Promise.all(optionalBindings.map((name) => kube.read({
		apiVersion: "v1",
		kind: "Secret",
		namespace,
		name
	})));
	return optionalBindings.filter((_, index) => secrets[index] !== void 0);
}
export { createAppendBuilder, createCnbBuilder, createKpackBuilder };
