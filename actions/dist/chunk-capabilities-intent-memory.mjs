import { Q as rename, St as record, Y as readFile, dt as _enum, k as randomUUID, q as mkdir, tt as writeFile, ut as datetime, wt as string, xt as object } from "./chunk-base.mjs";
import { t as intentWays } from "./chunk-git.mjs";
import { join } from "node:path";
// tools/steps/src/capabilities/intent-memory.ts
const Remembered = record(string(), object({
	way: _enum(intentWays),
	at: datetime()
}));
const longest = 6048e5;
function createIntentMemory(folder, clock) {
	const file = join(folder, "intents.json");
	const read = async () => {
		const text = await readFile(file, "utf8").catch(() => "{}");
		return Remembered.safeParse(parsed(text)).data ?? {};
	};
	return {
		recall: async (url) => {
			const found = (await read())[url];
			return found !== void 0 && clock.now().getTime() - Date.parse(found.at) < longest ? found.way : void 0;
		},
		keep: async (url, way) => {
			const all = {
				...await read(),
				[url]: {
					way,
					at: clock.now().toISOString()
				}
			};
			await replaceFile(file, JSON.stringify(all)).catch(() => {});
		}
	};
}
async function replaceFile(file, text) {
	const temporary = `${file}-${randomUUID()}`;
	await mkdir(join(file, ".."), { recursive: true });
	await writeFile(temporary, text);
	await rename(temporary, file);
}
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
export { createIntentMemory };
