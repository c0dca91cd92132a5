import { servePlayground } from './serve-playground.ts';

// The detached process where nobody has bundled us: node serve-main.ts <folder>
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
process.once('SIGINT', () => stop.abort());
await servePlayground({ folder: process.argv[2] ?? '.', signal: stop.signal });
