export { withHosts } from './coredns/hosts-entries.ts';
export { withProvider } from './git-provider/with-provider.ts';
export { ensureTunnel } from './tunnel/ensure-tunnel.ts';
