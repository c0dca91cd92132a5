import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** What the figures were measured on; without it they mean nothing. */
export function describeMachine(): Record<string, string | number> {
  return {
    date: new Date().toISOString(),
    system: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}
